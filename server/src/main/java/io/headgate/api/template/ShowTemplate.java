package io.headgate.api.template;

import io.headgate.batch.Caller;
import io.headgate.http.ApiResponse;
import io.headgate.http.Operation;
import io.headgate.http.Request;
import io.headgate.http.Route;
import io.headgate.http.Scope;
import io.headgate.template.Templates;

/** {@code GET /v1/templates/{id}}: returns a template with the HTML of its newest version. */
record ShowTemplate(Templates templates) implements Operation.KeyedOperation {

  @Override
  public Route route() {
    return Route.get("/v1/templates/{id}");
  }

  @Override
  public Scope scope() {
    return Scope.READ;
  }

  @Override
  public ApiResponse handle(Request request, Caller caller) {
    request.query().requireOnly();
    return ApiResponse.json(
        200, TemplateJson.of(TemplateOperations.find(templates, request, caller)));
  }
}
