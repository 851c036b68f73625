package io.headgate.api.batch;

import io.headgate.batch.Caller;
import io.headgate.engine.Engine;
import io.headgate.http.ApiResponse;
import io.headgate.http.Operation;
import io.headgate.http.Request;
import io.headgate.http.Route;
import io.headgate.http.Scope;
import io.headgate.refusal.Refusals;
import io.headgate.view.Batches;
import java.util.UUID;

/**
 * {@code POST /v1/batches/{id}/pause}: starts no more items of the batch until it is resumed.
 * Idempotent.
 */
record PauseBatch(Engine engine, Batches batches) implements Operation.KeyedOperation {

  @Override
  public Route route() {
    return Route.post("/v1/batches/{id}/pause");
  }

  @Override
  public Scope scope() {
    return Scope.WRITE;
  }

  @Override
  public ApiResponse handle(Request request, Caller caller) {
    UUID id = request.pathId("id");
    request.query().requireOnly();
    Refusals.requireDone(engine.pause(caller, id));
    return ApiResponse.json(200, ShowBatch.find(batches, caller, id));
  }
}
