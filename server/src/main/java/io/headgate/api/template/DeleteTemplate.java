package io.headgate.api.template;

import io.headgate.batch.Caller;
import io.headgate.http.Answer;
import io.headgate.http.Operation;
import io.headgate.http.Problem;
import io.headgate.http.Request;
import io.headgate.http.Route;
import io.headgate.http.Scope;
import io.headgate.template.Templates;
import java.util.UUID;

/** {@code DELETE /v1/templates/{id}}: deletes a template; submitted batches still render it. */
record DeleteTemplate(Templates templates) implements Operation.Keyed {

  @Override
  public Route route() {
    return Route.delete("/v1/templates/{id}");
  }

  @Override
  public Scope scope() {
    return Scope.WRITE;
  }

  @Override
  public Answer answer(Request request, Caller caller) {
    request.query().only();
    UUID id = TemplateOperations.find(templates, request, caller).head().id();
    if (!templates.delete(caller.account(), id)) {
      throw Problem.notFound().asException();
    }
    return Answer.empty(204);
  }
}
