package io.headgate.api.batch;

import io.headgate.batch.Caller;
import io.headgate.engine.Engine;
import io.headgate.http.Answer;
import io.headgate.http.Operation;
import io.headgate.http.Request;
import io.headgate.http.Route;
import io.headgate.http.Scope;
import io.headgate.refusal.Refusals;
import io.headgate.view.Batches;
import java.util.UUID;

/** {@code POST /v1/batches/{id}/resume}: ends a pause. Idempotent. */
record ResumeBatch(Engine engine, Batches batches) implements Operation.Keyed {

  @Override
  public Route route() {
    return Route.post("/v1/batches/{id}/resume");
  }

  @Override
  public Scope scope() {
    return Scope.WRITE;
  }

  @Override
  public Answer answer(Request request, Caller caller) {
    UUID id = request.pathId("id");
    request.query().only();
    Refusals.requireDone(engine.resume(caller, id));
    return Answer.json(200, ShowBatch.find(batches, caller, id));
  }
}
