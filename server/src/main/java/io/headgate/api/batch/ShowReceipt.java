package io.headgate.api.batch;

import io.headgate.batch.Caller;
import io.headgate.http.ApiResponse;
import io.headgate.http.Operation;
import io.headgate.http.Request;
import io.headgate.http.Route;
import io.headgate.http.Scope;
import io.headgate.refusal.Refusals;
import io.headgate.view.ReceiptReader;
import java.util.UUID;

/**
 * {@code GET /v1/batches/{id}/receipt}: returns the stored bytes of the receipt, also after the
 * batch was deleted.
 */
record ShowReceipt(ReceiptReader receipts) implements Operation.KeyedOperation {

  @Override
  public Route route() {
    return Route.get("/v1/batches/{id}/receipt");
  }

  @Override
  public Scope scope() {
    return Scope.READ;
  }

  @Override
  public ApiResponse handle(Request request, Caller caller) {
    UUID id = request.pathId("id");
    request.query().requireOnly();
    return receipts
        .find(caller.account(), id)
        .map(receipt -> ApiResponse.rawJson(200, receipt))
        .orElseThrow(Refusals::notFound);
  }
}
