package io.headgate.dialect.spidra;

import io.headgate.batch.BatchState;
import io.headgate.batch.Caller;
import io.headgate.batch.Ids;
import io.headgate.dialect.NativeCancel;
import io.headgate.dialect.ReceiptNumbers;
import io.headgate.dialect.VendorJson;
import io.headgate.http.ApiResponse;
import io.headgate.http.Operation;
import io.headgate.http.Request;
import io.headgate.http.Route;
import io.headgate.http.Scope;
import io.headgate.refusal.Refusals;

/** {@code DELETE /api/batch/scrape/{batchId}}: cancels a batch. A second call returns 409. */
record SpidraCancelBatch(NativeCancel cancel) implements Operation.KeyedOperation {

  record SpidraCancelResponse(String status, int cancelledItems, long creditsRefunded) {}

  @Override
  public Route route() {
    return Route.delete("/api/batch/scrape/{batchId}");
  }

  @Override
  public Scope scope() {
    return Scope.CANCEL;
  }

  @Override
  public ApiResponse handle(Request request, Caller caller) {
    request.discardBody();
    ReceiptNumbers cancelled = cancel.cancel(caller, Ids.parse(request.pathParameter("batchId")));
    if (!cancelled.first()) {
      throw Refusals.finished(BatchState.CANCELLED);
    }
    return VendorJson.answer(
        200,
        new SpidraCancelResponse("cancelled", cancelled.counts().pending(), cancelled.refunded()));
  }
}
