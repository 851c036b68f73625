package io.headgate.dialect.pictify;

import io.headgate.batch.Caller;
import io.headgate.batch.Counts;
import io.headgate.dialect.Cancelled;
import io.headgate.dialect.NativeCancel;
import io.headgate.dialect.VendorJson;
import io.headgate.http.Answer;
import io.headgate.http.Operation;
import io.headgate.http.Request;
import io.headgate.http.Route;
import io.headgate.http.Scope;

/**
 * {@code POST /templates/batch/{batchId}/cancel}: cancels a batch. All numbers are those of the
 * fence, so a repeated call returns the same bytes.
 */
record CancelBatch(NativeCancel cancel) implements Operation.Keyed {

  record Stopped(
      String batchId,
      String status,
      String message,
      String id,
      int totalCount,
      int completedCount,
      int failedCount,
      int cancelledCount) {

    static Stopped of(String id, Counts atFence) {
      return new Stopped(
          id,
          "cancelled",
          "Batch cancelled",
          id,
          atFence.total(),
          atFence.succeeded(),
          atFence.failed(),
          atFence.pending() + atFence.cancelled());
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
  public Answer answer(Request request, Caller caller) {
    request.ignoreBody();
    String id = request.pathText("batchId");
    Cancelled cancelled = cancel.cancel(caller, PrefixedId.BATCH.parse(id));
    return VendorJson.answer(200, Stopped.of(id, cancelled.counts()));
  }
}
