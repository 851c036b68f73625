package io.headgate.api.template;

import io.headgate.batch.Caller;
import io.headgate.http.Cursors;
import io.headgate.http.InputError;
import io.headgate.http.Operation;
import io.headgate.http.Problem;
import io.headgate.http.Request;
import io.headgate.refusal.Refusals;
import io.headgate.template.Saved;
import io.headgate.template.Template;
import io.headgate.template.Templates;
import java.util.List;

/** The native operations about templates. */
public final class TemplateOperations {

  private TemplateOperations() {}

  public static List<Operation> of(Templates templates, Cursors cursors) {
    return List.of(
        new CreateTemplate(templates),
        new ListTemplates(templates, cursors),
        new ShowTemplate(templates),
        new ReplaceTemplate(templates),
        new DeleteTemplate(templates),
        new ListTemplateVersions(templates, cursors),
        new ShowTemplateVariables(templates),
        new PreviewTemplate(templates));
  }

  /** The template at {@code {id}} of the path, named by its id or its short name. */
  static Template at(Templates templates, Request request, Caller caller) {
    return templates
        .find(caller.account(), request.pathText("id"))
        .orElseThrow(() -> Problem.notFound().asException());
  }

  /** What was stored; every other result is a refusal. */
  static Template unlessSaved(Saved saved) {
    return switch (saved) {
      case Saved.Done(Template template) -> template;
      case Saved.Invalid(var violations) ->
          throw Problem.invalid(violations.stream().map(InputError::of).toList()).asException();
      case Saved.TooMany(int limit) ->
          throw Refusals.tooLarge("An account has at most " + limit + " templates.");
      case Saved.NoSuchTemplate() -> throw Refusals.notFound();
    };
  }
}
