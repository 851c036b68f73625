package io.headgate.api.template;

import io.headgate.batch.Caller;
import io.headgate.http.ApiResponse;
import io.headgate.http.Operation;
import io.headgate.http.Request;
import io.headgate.http.Route;
import io.headgate.http.Scope;
import io.headgate.template.Template;
import io.headgate.template.Templates;
import java.util.concurrent.atomic.AtomicReference;

/** {@code POST /v1/templates}: creates a template after validating all of its expressions. */
record CreateTemplate(Templates templates) implements Operation.KeyedOperation {

  @Override
  public Route route() {
    return Route.post("/v1/templates");
  }

  @Override
  public Scope scope() {
    return Scope.WRITE;
  }

  @Override
  public ApiResponse handle(Request request, Caller caller) {
    request.query().requireOnly();
    TemplateForm form = request.json(TemplateForm.class);
    AtomicReference<ApiResponse> created = new AtomicReference<>();
    TemplateOperations.requireSaved(
        templates.create(
            caller.account(),
            form.draft(),
            (tx, stored) -> {
              created.set(created(stored));
              request.recordResponse(tx, created.get());
            }));
    return created.get();
  }

  private static ApiResponse created(Template stored) {
    return ApiResponse.json(201, TemplateJson.of(stored))
        .withHeader("Location", "/v1/templates/" + stored.head().id());
  }
}
