package io.headgate.api.template;

import io.headgate.batch.Caller;
import io.headgate.http.ApiResponse;
import io.headgate.http.Operation;
import io.headgate.http.Request;
import io.headgate.http.Route;
import io.headgate.http.Scope;
import io.headgate.template.TemplateHead;
import io.headgate.template.Templates;
import java.util.List;
import java.util.UUID;

/** {@code GET /v1/templates/{id}/variables}: lists the variables of a template. */
record ShowTemplateVariables(Templates templates) implements Operation.KeyedOperation {

  record VariablesJson(
      UUID templateId, String uid, int version, List<VariableJson> variableDefinitions) {}

  @Override
  public Route route() {
    return Route.get("/v1/templates/{id}/variables");
  }

  @Override
  public Scope scope() {
    return Scope.READ;
  }

  @Override
  public ApiResponse handle(Request request, Caller caller) {
    request.query().requireOnly();
    TemplateHead head = TemplateOperations.find(templates, request, caller).head();
    return ApiResponse.json(
        200,
        new VariablesJson(
            head.id(),
            head.uid(),
            head.version(),
            head.variables().stream().map(VariableJson::of).toList()));
  }
}
