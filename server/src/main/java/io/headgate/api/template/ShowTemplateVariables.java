package io.headgate.api.template;

import io.headgate.batch.Caller;
import io.headgate.http.Answer;
import io.headgate.http.Operation;
import io.headgate.http.Request;
import io.headgate.http.Route;
import io.headgate.http.Scope;
import io.headgate.template.TemplateHead;
import io.headgate.template.Templates;
import java.util.List;
import java.util.UUID;

/** {@code GET /v1/templates/{id}/variables}: lists the variables of a template. */
record ShowTemplateVariables(Templates templates) implements Operation.Keyed {

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
  public Answer answer(Request request, Caller caller) {
    request.query().only();
    TemplateHead head = TemplateOperations.find(templates, request, caller).head();
    return Answer.json(
        200,
        new VariablesJson(
            head.id(),
            head.uid(),
            head.version(),
            head.variables().stream().map(VariableJson::of).toList()));
  }
}
