package io.headgate.dialect.pictify;

import io.headgate.batch.Caller;
import io.headgate.dialect.VendorJson;
import io.headgate.http.ApiResponse;
import io.headgate.http.Operation;
import io.headgate.http.Request;
import io.headgate.http.Route;
import io.headgate.http.Scope;

/** {@code DELETE /templates/{uid}}: deletes a template. Batches that use it continue. */
record PictifyDeleteTemplate(PictifyTemplates templates) implements Operation.KeyedOperation {

  record DeletedTemplate(String message, boolean deleted) {}

  @Override
  public Route route() {
    return Route.delete("/templates/{uid}");
  }

  @Override
  public Scope scope() {
    return Scope.WRITE;
  }

  @Override
  public ApiResponse handle(Request request, Caller caller) {
    request.discardBody();
    if (!templates
        .store()
        .delete(caller.account(), templates.require(caller, request.pathParameter("uid")).id())) {
      throw PictifyErrors.noSuchTemplate();
    }
    return VendorJson.answer(200, new DeletedTemplate("Template deleted", true));
  }
}
