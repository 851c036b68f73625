package io.headgate.api;

import io.headgate.batch.Caller;
import io.headgate.db.Database;
import io.headgate.http.Answer;
import io.headgate.http.Operation;
import io.headgate.http.Request;
import io.headgate.http.Route;
import io.headgate.http.Scope;

/** {@code GET /v1/nodes}: the servers of the house and the account's own remote workers. */
record ListNodes(Database database) implements Operation.Keyed {

  @Override
  public Route route() {
    return Route.get("/v1/nodes");
  }

  @Override
  public Scope scope() {
    return Scope.ADMIN;
  }

  @Override
  public Answer answer(Request request, Caller caller) {
    request.query().only();
    return Answer.json(200, database.read(tx -> NodeStore.running(tx, caller.account())));
  }
}
