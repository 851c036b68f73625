package io.headgate.api.admin;

import io.headgate.audit.Audit;
import io.headgate.batch.Caller;
import io.headgate.http.ApiResponse;
import io.headgate.http.Operation;
import io.headgate.http.Problem;
import io.headgate.http.Request;
import io.headgate.http.Route;
import io.headgate.http.Scope;

/** {@code GET /v1/batches/{id}/audit}: audits one batch from its stored rows. */
record AuditBatch(Audit audit) implements Operation.KeyedOperation {

  @Override
  public Route route() {
    return Route.get("/v1/batches/{id}/audit");
  }

  @Override
  public Scope scope() {
    return Scope.READ;
  }

  @Override
  public ApiResponse handle(Request request, Caller caller) {
    request.query().requireOnly();
    return audit
        .batch(caller.account(), request.pathId("id"))
        .map(report -> ApiResponse.json(200, AuditJson.of(report)))
        .orElseThrow(() -> Problem.notFound().asException());
  }
}
