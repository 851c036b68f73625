package io.headgate.api.admin;

import io.headgate.api.PageStart;
import io.headgate.batch.Caller;
import io.headgate.credit.Accounts;
import io.headgate.credit.Accounts.AccountBalance;
import io.headgate.http.ApiResponse;
import io.headgate.http.Operation;
import io.headgate.http.Page;
import io.headgate.http.PageCursors;
import io.headgate.http.Request;
import io.headgate.http.Route;
import io.headgate.http.Scope;
import java.util.List;

/**
 * {@code GET /v1/accounts}: lists accounts, newest first. The operator gets all of them, every
 * other caller only its own account.
 */
record ListAccounts(Accounts accounts, PageCursors cursors) implements Operation.KeyedOperation {

  @Override
  public Route route() {
    return Route.get("/v1/accounts");
  }

  @Override
  public Scope scope() {
    return Scope.ADMIN;
  }

  @Override
  public ApiResponse handle(Request request, Caller caller) {
    request.query().requireOnly("limit", "cursor");
    Page.PageQuery pageRequest = Page.PageQuery.of(request, cursors);
    List<AccountBalance> rows =
        accounts.isOperator(caller.account())
            ? accounts.list(PageStart.idBefore(pageRequest), pageRequest.rowsToRead())
            : accounts.balance(caller.account()).stream().toList();
    return ApiResponse.json(
        200, pageRequest.of(rows, account -> account.id().toString(), AccountJson::of));
  }
}
