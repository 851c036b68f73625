package io.headgate.api.template;

import io.headgate.batch.Caller;
import io.headgate.http.ApiResponse;
import io.headgate.http.Operation;
import io.headgate.http.Problem;
import io.headgate.http.Request;
import io.headgate.http.Route;
import io.headgate.http.Scope;
import io.headgate.template.Templates;
import java.util.UUID;

/** {@code DELETE /v1/templates/{id}}: deletes a template; submitted batches still render it. */
record DeleteTemplate(Templates templates) implements Operation.KeyedOperation {

  @Override
  public Route route() {
    return Route.delete("/v1/templates/{id}");
  }

  @Override
  public Scope scope() {
    return Scope.WRITE;
  }

  @Override
  public ApiResponse handle(Request request, Caller caller) {
    request.query().requireOnly();
    UUID id = TemplateOperations.find(templates, request, caller).head().id();
    if (!templates.delete(caller.account(), id)) {
      throw Problem.notFound().asException();
    }
    return ApiResponse.empty(204);
  }
}
