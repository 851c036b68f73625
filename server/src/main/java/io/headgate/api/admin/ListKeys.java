package io.headgate.api.admin;

import io.headgate.access.ApiKeys;
import io.headgate.api.PageStart;
import io.headgate.batch.Caller;
import io.headgate.batch.Ids;
import io.headgate.credit.Accounts;
import io.headgate.http.ApiResponse;
import io.headgate.http.InputError;
import io.headgate.http.Operation;
import io.headgate.http.Page;
import io.headgate.http.PageCursors;
import io.headgate.http.Problem;
import io.headgate.http.Request;
import io.headgate.http.Route;
import io.headgate.http.Scope;
import java.util.UUID;

/** {@code GET /v1/keys}: lists the keys of the account, newest first, without their secrets. */
record ListKeys(ApiKeys keys, Accounts accounts, PageCursors cursors)
    implements Operation.KeyedOperation {

  @Override
  public Route route() {
    return Route.get("/v1/keys");
  }

  @Override
  public Scope scope() {
    return Scope.ADMIN;
  }

  @Override
  public ApiResponse handle(Request request, Caller caller) {
    request.query().requireOnly("limit", "cursor", "account_id");
    Page.PageQuery pageRequest = Page.PageQuery.of(request, cursors);
    var rows =
        keys.list(
            account(request, caller), PageStart.idBefore(pageRequest), pageRequest.rowsToRead());
    return ApiResponse.json(200, pageRequest.of(rows, key -> key.id().toString(), KeyJson::of));
  }

  private UUID account(Request request, Caller caller) {
    return request
        .query()
        .text("account_id")
        .map(text -> {
          UUID id =
              Ids.parse(text)
                  .orElseThrow(() ->
                      Problem.invalid(
                              InputError.parameter("account_id", "must be the id of an account"))
                          .asException());
          return KeyAccountCheck.checked(accounts, caller, id);
        })
        .orElse(caller.account());
  }
}
