package io.headgate.api.template;

import io.headgate.batch.Caller;
import io.headgate.http.ApiResponse;
import io.headgate.http.Operation;
import io.headgate.http.Request;
import io.headgate.http.Route;
import io.headgate.http.Scope;
import io.headgate.template.TemplateDraft;
import io.headgate.template.Templates;
import java.util.UUID;

/** {@code PUT /v1/templates/{id}}: replaces a template; a changed one gets a new version. */
record ReplaceTemplate(Templates templates) implements Operation.KeyedOperation {

  @Override
  public Route route() {
    return Route.put("/v1/templates/{id}");
  }

  @Override
  public Scope scope() {
    return Scope.WRITE;
  }

  @Override
  public ApiResponse handle(Request request, Caller caller) {
    request.query().requireOnly();
    UUID id = TemplateOperations.find(templates, request, caller).head().id();
    TemplateDraft draft = request.json(TemplateForm.class).draft();
    return ApiResponse.json(
        200,
        TemplateJson.of(
            TemplateOperations.requireSaved(
                templates.update(caller.account(), id, before -> draft))));
  }
}
