package io.headgate.api.admin;

import io.headgate.access.ApiKeys;
import io.headgate.batch.Caller;
import io.headgate.credit.Accounts;
import io.headgate.http.ApiResponse;
import io.headgate.http.Operation;
import io.headgate.http.Problem;
import io.headgate.http.Request;
import io.headgate.http.Route;
import io.headgate.http.Scope;
import java.util.UUID;

/** {@code DELETE /v1/keys/{id}}: revokes a key. Idempotent. */
record RevokeKey(ApiKeys keys, Accounts accounts) implements Operation.KeyedOperation {

  @Override
  public Route route() {
    return Route.delete("/v1/keys/{id}");
  }

  @Override
  public Scope scope() {
    return Scope.ADMIN;
  }

  @Override
  public ApiResponse handle(Request request, Caller caller) {
    request.query().requireOnly();
    UUID id = request.pathId("id");
    UUID owner = keys.accountOf(id).orElseThrow(() -> Problem.notFound().asException());
    if (!owner.equals(caller.account()) && !accounts.isOperator(caller.account())) {
      throw Problem.notFound().asException();
    }
    keys.revoke(id);
    return ApiResponse.empty(204);
  }
}
