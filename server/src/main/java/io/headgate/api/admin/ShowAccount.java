package io.headgate.api.admin;

import io.headgate.batch.Caller;
import io.headgate.credit.Accounts;
import io.headgate.http.ApiResponse;
import io.headgate.http.Operation;
import io.headgate.http.Problem;
import io.headgate.http.Request;
import io.headgate.http.Route;
import io.headgate.http.Scope;

/** {@code GET /v1/account}: returns the account of the caller and its credits. */
record ShowAccount(Accounts accounts) implements Operation.KeyedOperation {

  @Override
  public Route route() {
    return Route.get("/v1/account");
  }

  @Override
  public Scope scope() {
    return Scope.READ;
  }

  @Override
  public ApiResponse handle(Request request, Caller caller) {
    request.query().requireOnly();
    return accounts
        .balance(caller.account())
        .map(account -> ApiResponse.json(200, AccountJson.of(account)))
        .orElseThrow(() -> Problem.notFound().asException());
  }
}
