package io.headgate.api.batch;

import io.headgate.batch.Caller;
import io.headgate.engine.Engine;
import io.headgate.engine.PauseOrRetryResult;
import io.headgate.http.ApiResponse;
import io.headgate.http.Operation;
import io.headgate.http.Request;
import io.headgate.http.Route;
import io.headgate.http.Scope;
import io.headgate.refusal.Refusals;
import io.headgate.view.Batches;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicReference;

/** {@code POST /v1/batches/{id}/retry}: makes the failed items of the batch pending again. */
record RetryBatch(Engine engine, Batches batches) implements Operation.KeyedOperation {

  record RetriedJson(int retried, BatchJson batch) {}

  @Override
  public Route route() {
    return Route.post("/v1/batches/{id}/retry");
  }

  @Override
  public Scope scope() {
    return Scope.WRITE;
  }

  @Override
  public ApiResponse handle(Request request, Caller caller) {
    UUID id = request.pathId("id");
    request.query().requireOnly();
    request.discardBody();
    AtomicReference<ApiResponse> answered = new AtomicReference<>();
    PauseOrRetryResult result =
        engine.retry(
            caller,
            id,
            (tx, done) -> {
              BatchJson batch = ShowBatch.find(batches, tx, caller, id);
              ApiResponse answer = ApiResponse.json(200, new RetriedJson(done.items(), batch));
              request.recordResponse(tx, answer);
              answered.set(answer);
            });
    Refusals.requireDone(result);
    return answered.get();
  }
}
