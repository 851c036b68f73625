package io.headgate.api.house;

import io.headgate.batch.Caller;
import io.headgate.credit.Accounts;
import io.headgate.http.Answer;
import io.headgate.http.Operation;
import io.headgate.http.Request;
import io.headgate.http.Route;
import io.headgate.http.Scope;
import io.headgate.view.NodeView;
import io.headgate.view.Nodes;
import java.time.Instant;
import java.util.List;

/**
 * {@code GET /v1/nodes}: lists the servers of the cluster and the remote workers of the account;
 * for the operator, the remote workers of all accounts.
 */
record ListNodes(Nodes nodes, Accounts accounts) implements Operation.Keyed {

  /** A node as JSON of the native API. */
  record View(
      long id,
      String name,
      String kind,
      Instant startedAt,
      Instant lastSeenAt,
      SlotsView slots,
      List<String> processors) {

    static View of(NodeView node) {
      return new View(
          node.id(),
          node.name(),
          node.kind(),
          node.life().startedAt(),
          node.life().lastSeenAt(),
          new SlotsView(node.slots(), node.busy()),
          node.processors());
    }
  }

  record SlotsView(int total, int busy) {}

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
    List<NodeView> visible =
        accounts.operates(caller.account()) ? nodes.list() : nodes.visibleTo(caller.account());
    return Answer.json(200, visible.stream().map(View::of).toList());
  }
}
