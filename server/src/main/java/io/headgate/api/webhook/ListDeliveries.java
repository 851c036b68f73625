package io.headgate.api.webhook;

import io.headgate.api.PageStart;
import io.headgate.batch.Caller;
import io.headgate.http.ApiResponse;
import io.headgate.http.Operation;
import io.headgate.http.Page;
import io.headgate.http.PageCursors;
import io.headgate.http.Request;
import io.headgate.http.Route;
import io.headgate.http.Scope;
import io.headgate.refusal.Refusals;
import io.headgate.webhook.Deliveries;
import io.headgate.webhook.Delivery;
import io.headgate.webhook.EndpointOwner;
import java.util.UUID;

/** {@code GET /v1/webhooks/{id}/deliveries}: lists sent and pending deliveries, newest first. */
record ListDeliveries(Deliveries deliveries, PageCursors cursors)
    implements Operation.KeyedOperation {

  @Override
  public Route route() {
    return Route.get("/v1/webhooks/{id}/deliveries");
  }

  @Override
  public Scope scope() {
    return Scope.READ;
  }

  @Override
  public ApiResponse handle(Request request, Caller caller) {
    UUID id = request.pathId("id");
    request.query().requireOnly("limit", "cursor", "state");
    Page.PageQuery pageRequest = Page.PageQuery.of(request, cursors);
    Delivery.DeliveryState state =
        request
            .query()
            .oneOf("state", Delivery.DeliveryState::of, "pending, delivered, failed")
            .orElse(null);
    var rows =
        deliveries
            .list(
                EndpointOwner.ofNative(caller.account()),
                id,
                state,
                PageStart.idBefore(pageRequest),
                pageRequest.rowsToRead())
            .orElseThrow(Refusals::notFound);
    return ApiResponse.json(
        200, pageRequest.of(rows, row -> row.id().toString(), WebhookJson.DeliveryJson::of));
  }
}
