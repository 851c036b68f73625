package io.headgate.dialect.pictify;

import io.headgate.batch.Caller;
import io.headgate.batch.Counts;
import io.headgate.dialect.NativeCancel;
import io.headgate.dialect.ReceiptNumbers;
import io.headgate.dialect.VendorJson;
import io.headgate.http.ApiResponse;
import io.headgate.http.Operation;
import io.headgate.http.Request;
import io.headgate.http.Route;
import io.headgate.http.Scope;

/**
 * {@code POST /templates/batch/{batchId}/cancel}: cancels a batch. All numbers are those of the
 * fence, so a repeated call returns the same bytes.
 */
record PictifyCancelBatch(NativeCancel cancel) implements Operation.KeyedOperation {

  record PictifyCancelResponse(
      String batchId,
      String status,
      String message,
      String id,
      int totalCount,
      int completedCount,
      int failedCount,
      int cancelledCount) {

    static PictifyCancelResponse of(String id, Counts counts) {
      return new PictifyCancelResponse(
          id,
          "cancelled",
          "Batch cancelled",
          id,
          counts.total(),
          counts.succeeded(),
          counts.failed(),
          counts.pending() + counts.cancelled());
    }
  }

  @Override
  public Route route() {
    return Route.post("/templates/batch/{batchId}/cancel");
  }

  @Override
  public Scope scope() {
    return Scope.CANCEL;
  }

  @Override
  public ApiResponse handle(Request request, Caller caller) {
    request.discardBody();
    String id = request.pathParameter("batchId");
    ReceiptNumbers cancelled = cancel.cancel(caller, PrefixedId.BATCH.parse(id));
    return VendorJson.answer(200, PictifyCancelResponse.of(id, cancelled.counts()));
  }
}
