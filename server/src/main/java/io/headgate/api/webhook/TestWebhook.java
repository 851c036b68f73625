package io.headgate.api.webhook;

import io.headgate.batch.Caller;
import io.headgate.http.ApiResponse;
import io.headgate.http.Operation;
import io.headgate.http.Request;
import io.headgate.http.Route;
import io.headgate.http.Scope;
import io.headgate.refusal.Refusals;
import io.headgate.webhook.Deliveries;
import io.headgate.webhook.Delivery;
import io.headgate.webhook.EndpointOwner;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicReference;

/** {@code POST /v1/webhooks/{id}/test}: sends a {@code webhook.test} after pending deliveries. */
record TestWebhook(Deliveries deliveries) implements Operation.KeyedOperation {

  @Override
  public Route route() {
    return Route.post("/v1/webhooks/{id}/test");
  }

  @Override
  public Scope scope() {
    return Scope.WRITE;
  }

  @Override
  public ApiResponse handle(Request request, Caller caller) {
    UUID id = request.pathId("id");
    request.query().requireOnly();
    request.discardBody();
    AtomicReference<ApiResponse> answered = new AtomicReference<>();
    Optional<Delivery> pending =
        deliveries.test(
            EndpointOwner.ofNative(caller.account()),
            id,
            (tx, delivery) -> {
              answered.set(ApiResponse.json(202, WebhookJson.DeliveryJson.of(delivery)));
              request.recordResponse(tx, answered.get());
            });
    if (pending.isEmpty()) {
      throw Refusals.notFound();
    }
    return answered.get();
  }
}
