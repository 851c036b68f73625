package io.headgate.api.admin;

import io.headgate.audit.Audit;
import io.headgate.batch.Caller;
import io.headgate.http.Answer;
import io.headgate.http.Operation;
import io.headgate.http.Problem;
import io.headgate.http.Request;
import io.headgate.http.Route;
import io.headgate.http.Scope;

/** {@code GET /v1/batches/{id}/audit}: audits one batch from its stored rows. */
record AuditBatch(Audit audit) implements Operation.Keyed {

  @Override
  public Route route() {
    return Route.get("/v1/batches/{id}/audit");
  }

  @Override
  public Scope scope() {
    return Scope.READ;
  }

  @Override
  public Answer answer(Request request, Caller caller) {
    request.query().only();
    return audit
        .batch(caller.account(), request.pathId("id"))
        .map(report -> Answer.json(200, AuditJson.of(report)))
        .orElseThrow(() -> Problem.notFound().asException());
  }
}
