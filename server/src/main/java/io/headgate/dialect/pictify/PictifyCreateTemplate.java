package io.headgate.dialect.pictify;

import io.headgate.batch.Caller;
import io.headgate.dialect.VendorJson;
import io.headgate.http.ApiResponse;
import io.headgate.http.InputError;
import io.headgate.http.Operation;
import io.headgate.http.Problem;
import io.headgate.http.Request;
import io.headgate.http.Route;
import io.headgate.http.Scope;
import java.util.concurrent.atomic.AtomicReference;
import tools.jackson.databind.JsonNode;

/** {@code POST /templates}: creates a template. Its variables are read from the HTML. */
record PictifyCreateTemplate(PictifyTemplates templates) implements Operation.KeyedOperation {

  @Override
  public Route route() {
    return Route.post("/templates");
  }

  @Override
  public Scope scope() {
    return Scope.WRITE;
  }

  @Override
  public ApiResponse handle(Request request, Caller caller) {
    JsonNode body = VendorJson.bodyOrEmptyObject(request);
    PictifyTemplateRequest form = VendorJson.convert(body, PictifyTemplateRequest.class);
    if (form.html() == null) {
      throw Problem.invalid(InputError.missing("html")).asException();
    }
    AtomicReference<ApiResponse> response = new AtomicReference<>();
    PictifyTemplates.requireSaved(
        templates
            .store()
            .create(
                caller.account(),
                form.appliedTo(PictifyTemplateRequest.DEFAULTS),
                (tx, template) -> {
                  response.set(VendorJson.answer(200, PictifyTemplate.response(template)));
                  request.recordResponse(tx, response.get());
                }));
    return response.get();
  }
}
