package io.headgate.dialect.pictify;

import io.headgate.batch.Caller;
import io.headgate.batch.Violation;
import io.headgate.http.InputError;
import io.headgate.http.Problem;
import io.headgate.http.ProblemException;
import io.headgate.template.SaveResult;
import io.headgate.template.Template;
import io.headgate.template.TemplateHead;
import io.headgate.template.Templates;
import java.util.List;

/** The templates of an account, by uid. */
record PictifyTemplates(Templates store) {

  /** Returns the template; 404 {@code template-not-found} for every other uid. */
  TemplateHead require(Caller caller, String uid) {
    return find(caller, uid).head();
  }

  Template find(Caller caller, String uid) {
    return store.find(caller.account(), uid).orElseThrow(PictifyErrors::noSuchTemplate);
  }

  /** Returns the stored template; throws the problem of every other result. */
  static Template requireSaved(SaveResult saved) {
    return switch (saved) {
      case SaveResult.Done(Template template) -> template;
      case SaveResult.Invalid(List<Violation> violations) -> throw invalid(violations);
      case SaveResult.TooMany(int limit) ->
          throw PictifyErrors.quotaExceeded("The account has its limit of " + limit + " templates");
      case SaveResult.NoSuchTemplate() -> throw PictifyErrors.noSuchTemplate();
    };
  }

  /** Invalid HTML is refused with 422, another invalid field with 400. */
  private static ProblemException invalid(List<Violation> violations) {
    List<InputError> errors =
        violations.stream()
            .map(violation ->
                InputError.of(
                    violation.at(
                        violation.field().replace("variable_definitions", "variableDefinitions"))))
            .toList();
    boolean ofHtml = violations.stream().anyMatch(violation -> violation.field().endsWith("html"));
    Problem problem = Problem.invalid(errors);
    return (ofHtml ? PictifyErrors.malformedTemplate(problem) : problem).asException();
  }
}
