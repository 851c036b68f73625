package io.headgate.api.batch;

import io.headgate.batch.Caller;
import io.headgate.engine.BulkCancelView;
import io.headgate.engine.Engine;
import io.headgate.http.ApiResponse;
import io.headgate.http.Operation;
import io.headgate.http.Request;
import io.headgate.http.Route;
import io.headgate.http.Scope;
import io.headgate.refusal.Refusals;
import java.util.List;
import java.util.UUID;
import tools.jackson.databind.util.RawValue;

/** {@code GET /v1/operations/{id}}: returns the progress and the receipts of a bulk cancel. */
record ShowOperation(Engine engine) implements Operation.KeyedOperation {

  record OperationJson(
      UUID id, String state, int matched, int cancelled, int skipped, List<RawValue> receipts) {

    static OperationJson of(BulkCancelView operation) {
      return new OperationJson(
          operation.id(),
          operation.state(),
          operation.matched(),
          operation.cancelled(),
          operation.skipped(),
          operation.receipts().stream().map(RawValue::new).toList());
    }
  }

  @Override
  public Route route() {
    return Route.get("/v1/operations/{id}");
  }

  @Override
  public Scope scope() {
    return Scope.READ;
  }

  @Override
  public ApiResponse handle(Request request, Caller caller) {
    UUID id = request.pathId("id");
    request.query().requireOnly();
    return engine
        .operation(caller, id)
        .map(operation -> ApiResponse.json(200, OperationJson.of(operation)))
        .orElseThrow(Refusals::notFound);
  }
}
