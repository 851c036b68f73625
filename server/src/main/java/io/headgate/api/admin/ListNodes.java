package io.headgate.api.admin;

import io.headgate.batch.Caller;
import io.headgate.credit.Accounts;
import io.headgate.http.ApiResponse;
import io.headgate.http.Operation;
import io.headgate.http.Request;
import io.headgate.http.Route;
import io.headgate.http.Scope;
import io.headgate.view.NodeReader;
import io.headgate.view.NodeView;
import java.time.Instant;
import java.util.List;

/**
 * {@code GET /v1/nodes}: lists the servers of the cluster and the remote workers of the account;
 * for the operator, the remote workers of all accounts.
 */
record ListNodes(NodeReader nodes, Accounts accounts) implements Operation.KeyedOperation {

  /** A node as JSON of the native API. */
  record NodeJson(
      long id,
      String name,
      String kind,
      Instant startedAt,
      Instant lastSeenAt,
      SlotsJson slots,
      List<String> processors) {

    static NodeJson of(NodeView node) {
      return new NodeJson(
          node.id(),
          node.name(),
          node.kind(),
          node.times().startedAt(),
          node.times().lastSeenAt(),
          new SlotsJson(node.slots(), node.busy()),
          node.processors());
    }
  }

  record SlotsJson(int total, int busy) {}

  @Override
  public Route route() {
    return Route.get("/v1/nodes");
  }

  @Override
  public Scope scope() {
    return Scope.ADMIN;
  }

  @Override
  public ApiResponse handle(Request request, Caller caller) {
    request.query().requireOnly();
    List<NodeView> visible =
        accounts.isOperator(caller.account()) ? nodes.list() : nodes.visibleTo(caller.account());
    return ApiResponse.json(200, visible.stream().map(NodeJson::of).toList());
  }
}
