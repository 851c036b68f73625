package io.headgate.api.admin;

import io.headgate.batch.Caller;
import io.headgate.credit.Accounts;
import io.headgate.http.Answer;
import io.headgate.http.Cursors;
import io.headgate.http.Operation;
import io.headgate.http.Page;
import io.headgate.http.Request;
import io.headgate.http.Route;
import io.headgate.http.Scope;

/** {@code GET /v1/account/journal}: lists the credit entries of the account, newest first. */
record ListJournal(Accounts accounts, Cursors cursors) implements Operation.Keyed {

  @Override
  public Route route() {
    return Route.get("/v1/account/journal");
  }

  @Override
  public Scope scope() {
    return Scope.READ;
  }

  @Override
  public Answer answer(Request request, Caller caller) {
    request.query().only("limit", "cursor");
    Page.Asked pageRequest = Page.Asked.of(request, cursors);
    long before = pageRequest.after() == null ? Long.MAX_VALUE : Long.parseLong(pageRequest.after());
    var entries = accounts.journal(caller.account(), before, pageRequest.rows());
    return Answer.json(200, pageRequest.of(entries, entry -> Long.toString(entry.id()), entry -> entry));
  }
}
