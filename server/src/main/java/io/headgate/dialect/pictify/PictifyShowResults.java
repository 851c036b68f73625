package io.headgate.dialect.pictify;

import io.headgate.batch.Caller;
import io.headgate.dialect.NativeBatches;
import io.headgate.dialect.VendorJson;
import io.headgate.http.ApiResponse;
import io.headgate.http.Operation;
import io.headgate.http.Request;
import io.headgate.http.Route;
import io.headgate.http.Scope;
import io.headgate.view.Items;

/** {@code GET /templates/batch/{batchId}/results}: the status of a batch and its images. */
record PictifyShowResults(NativeBatches batches, PictifyImageLinks links)
    implements Operation.KeyedOperation {

  @Override
  public Route route() {
    return Route.get("/templates/batch/{batchId}/results");
  }

  @Override
  public Scope scope() {
    return Scope.READ;
  }

  @Override
  public ApiResponse handle(Request request, Caller caller) {
    String id = request.pathParameter("batchId");
    Items.BatchWithItems whole = batches.requireWithItems(caller, PrefixedId.BATCH.parse(id));
    return VendorJson.answer(
        200, PictifyResults.of(id, whole.batch(), whole.items(), links.of(request, whole.batch())));
  }
}
