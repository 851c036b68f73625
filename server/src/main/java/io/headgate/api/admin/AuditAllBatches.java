package io.headgate.api.admin;

import io.headgate.audit.Audit;
import io.headgate.batch.Caller;
import io.headgate.credit.Accounts;
import io.headgate.http.ApiResponse;
import io.headgate.http.Operation;
import io.headgate.http.Request;
import io.headgate.http.Route;
import io.headgate.http.Scope;

/** {@code GET /v1/audit}: audits every batch and every account. Only the operator may call it. */
record AuditAllBatches(Audit audit, Accounts accounts) implements Operation.KeyedOperation {

  @Override
  public Route route() {
    return Route.get("/v1/audit");
  }

  @Override
  public Scope scope() {
    return Scope.ADMIN;
  }

  @Override
  public ApiResponse handle(Request request, Caller caller) {
    OperatorCheck.require(accounts, caller);
    request.query().requireOnly();
    return ApiResponse.json(200, AuditJson.of(audit.all()));
  }
}
