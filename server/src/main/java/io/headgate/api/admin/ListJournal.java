package io.headgate.api.admin;

import io.headgate.batch.Caller;
import io.headgate.credit.Accounts;
import io.headgate.http.ApiResponse;
import io.headgate.http.Operation;
import io.headgate.http.Page;
import io.headgate.http.PageCursors;
import io.headgate.http.Request;
import io.headgate.http.Route;
import io.headgate.http.Scope;

/** {@code GET /v1/account/journal}: lists the credit entries of the account, newest first. */
record ListJournal(Accounts accounts, PageCursors cursors) implements Operation.KeyedOperation {

  @Override
  public Route route() {
    return Route.get("/v1/account/journal");
  }

  @Override
  public Scope scope() {
    return Scope.READ;
  }

  @Override
  public ApiResponse handle(Request request, Caller caller) {
    request.query().requireOnly("limit", "cursor");
    Page.PageQuery pageRequest = Page.PageQuery.of(request, cursors);
    long before =
        pageRequest.after() == null ? Long.MAX_VALUE : Long.parseLong(pageRequest.after());
    var entries = accounts.journal(caller.account(), before, pageRequest.rowsToRead());
    return ApiResponse.json(
        200, pageRequest.of(entries, entry -> Long.toString(entry.id()), entry -> entry));
  }
}
