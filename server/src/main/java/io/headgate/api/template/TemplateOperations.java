package io.headgate.api.template;

import io.headgate.batch.Caller;
import io.headgate.http.InputError;
import io.headgate.http.Operation;
import io.headgate.http.PageCursors;
import io.headgate.http.Problem;
import io.headgate.http.Request;
import io.headgate.refusal.Refusals;
import io.headgate.template.SaveResult;
import io.headgate.template.Template;
import io.headgate.template.Templates;
import java.util.List;

/** Creates the native operations on templates. */
public final class TemplateOperations {

  private TemplateOperations() {}

  public static List<Operation> of(Templates templates, PageCursors cursors) {
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

  /**
   * Returns the template that {@code {id}} of the path names, by id or by uid.
   *
   * @throws io.headgate.http.ProblemException {@code not-found} when the account has no such
   *     template
   */
  static Template find(Templates templates, Request request, Caller caller) {
    return templates
        .find(caller.account(), request.pathParameter("id"))
        .orElseThrow(() -> Problem.notFound().asException());
  }

  /**
   * Returns the stored template.
   *
   * @throws io.headgate.http.ProblemException for every other result
   */
  static Template requireSaved(SaveResult saved) {
    return switch (saved) {
      case SaveResult.Done(Template template) -> template;
      case SaveResult.Invalid(var violations) ->
          throw Problem.invalid(violations.stream().map(InputError::of).toList()).asException();
      case SaveResult.TooMany(int limit) ->
          throw Refusals.tooLarge(
              "An account can have at most " + limit + " templates. Delete one first.");
      case SaveResult.NoSuchTemplate() -> throw Refusals.notFound();
    };
  }
}
