package io.headgate.api.batch;

import io.headgate.batch.Caller;
import io.headgate.db.Tx;
import io.headgate.http.ApiResponse;
import io.headgate.http.Operation;
import io.headgate.http.Request;
import io.headgate.http.Route;
import io.headgate.http.Scope;
import io.headgate.refusal.Refusals;
import io.headgate.view.Batches;
import java.util.UUID;

/** {@code GET /v1/batches/{id}}: returns one batch. */
record ShowBatch(Batches batches) implements Operation.KeyedOperation {

  @Override
  public Route route() {
    return Route.get("/v1/batches/{id}");
  }

  @Override
  public Scope scope() {
    return Scope.READ;
  }

  @Override
  public ApiResponse handle(Request request, Caller caller) {
    UUID id = request.pathId("id");
    request.query().requireOnly();
    return ApiResponse.json(200, find(batches, caller, id));
  }

  /** Returns the batch object; also used by other operations that respond with it. */
  static BatchJson find(Batches batches, Caller caller, UUID id) {
    return batches.find(caller.account(), id).map(BatchJson::of).orElseThrow(Refusals::notFound);
  }

  /** Returns the batch object as {@code tx} sees it. */
  static BatchJson find(Batches batches, Tx tx, Caller caller, UUID id) {
    return batches
        .find(tx, caller.account(), id)
        .map(BatchJson::of)
        .orElseThrow(Refusals::notFound);
  }
}
