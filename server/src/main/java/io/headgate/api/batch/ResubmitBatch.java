package io.headgate.api.batch;

import io.headgate.batch.BatchState;
import io.headgate.batch.Caller;
import io.headgate.db.Tx;
import io.headgate.engine.AdmissionResult;
import io.headgate.engine.Engine;
import io.headgate.engine.ResubmitResult;
import io.headgate.http.ApiResponse;
import io.headgate.http.Operation;
import io.headgate.http.Query;
import io.headgate.http.Request;
import io.headgate.http.Route;
import io.headgate.http.Scope;
import io.headgate.refusal.Refusals;
import io.headgate.view.Batches;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicReference;

/** {@code POST /v1/batches/{id}/resubmit}: submits the cancelled items as a new batch. */
record ResubmitBatch(Engine engine, Batches batches) implements Operation.KeyedOperation {

  @Override
  public Route route() {
    return Route.post("/v1/batches/{id}/resubmit");
  }

  @Override
  public Scope scope() {
    return Scope.WRITE;
  }

  @Override
  public ApiResponse handle(Request request, Caller caller) {
    UUID id = request.pathId("id");
    boolean withFailed = withFailed(request.query().requireOnly("include"));
    request.discardBody();
    AtomicReference<ApiResponse> accepted = new AtomicReference<>();
    ResubmitResult result =
        engine.resubmit(
            caller,
            id,
            withFailed,
            (tx, submitted) -> {
              ApiResponse answer = accepted(tx, caller, submitted.batchId());
              request.recordResponse(tx, answer);
              accepted.set(answer);
            });
    return switch (result) {
      case ResubmitResult.Resubmitted done -> accepted.get();
      case ResubmitResult.NothingToResubmit() ->
          throw Refusals.nothingToDo(
              "The batch has no items to resubmit in the states that include selects.");
      case ResubmitResult.ResubmitNotFinished(BatchState state) ->
          throw Refusals.notFinished(state);
      case ResubmitResult.SecretOptionsGone(BatchState state) ->
          throw Refusals.secretsDeleted(state);
      case ResubmitResult.ResubmitRefused(AdmissionResult admission) ->
          throw Refusals.admissionRefused(admission);
      case ResubmitResult.ResubmitNoSuchBatch() -> throw Refusals.notFound();
    };
  }

  private ApiResponse accepted(Tx tx, Caller caller, UUID newBatchId) {
    return ApiResponse.json(202, ShowBatch.find(batches, tx, caller, newBatchId))
        .withHeader("Location", "/v1/batches/" + newBatchId);
  }

  private static boolean withFailed(Query query) {
    String include = query.text("include").orElse("cancelled");
    return switch (include) {
      case "failed" -> true;
      case "cancelled" -> false;
      default -> throw Refusals.parameter("include", "must be cancelled or failed");
    };
  }
}
