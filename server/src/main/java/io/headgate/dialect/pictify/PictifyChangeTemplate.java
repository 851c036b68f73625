package io.headgate.dialect.pictify;

import io.headgate.batch.Caller;
import io.headgate.dialect.VendorJson;
import io.headgate.http.ApiResponse;
import io.headgate.http.Operation;
import io.headgate.http.Request;
import io.headgate.http.Route;
import io.headgate.http.Scope;
import io.headgate.template.Template;
import tools.jackson.databind.JsonNode;

/**
 * {@code PUT /templates/{uid}}: changes a template. Missing fields keep their value. Batches keep
 * the version that they were submitted with.
 */
record PictifyChangeTemplate(PictifyTemplates templates) implements Operation.KeyedOperation {

  @Override
  public Route route() {
    return Route.put("/templates/{uid}");
  }

  @Override
  public Scope scope() {
    return Scope.WRITE;
  }

  @Override
  public ApiResponse handle(Request request, Caller caller) {
    JsonNode body = VendorJson.bodyOrEmptyObject(request);
    PictifyTemplateRequest form = VendorJson.convert(body, PictifyTemplateRequest.class);
    Template before = templates.find(caller, request.pathParameter("uid"));
    Template after =
        PictifyTemplates.requireSaved(
            templates.store().update(caller.account(), before.head().id(), form::appliedTo));
    return VendorJson.answer(200, PictifyTemplate.response(after));
  }
}
