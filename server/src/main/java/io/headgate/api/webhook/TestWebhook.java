package io.headgate.api.webhook;

import io.headgate.batch.Caller;
import io.headgate.http.Answer;
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
record TestWebhook(Deliveries deliveries) implements Operation.Keyed {

  @Override
  public Route route() {
    return Route.post("/v1/webhooks/{id}/test");
  }

  @Override
  public Scope scope() {
    return Scope.WRITE;
  }

  @Override
  public Answer answer(Request request, Caller caller) {
    UUID id = request.pathId("id");
    request.query().only();
    request.ignoreBody();
    AtomicReference<Answer> answered = new AtomicReference<>();
    Optional<Delivery> pending =
        deliveries.test(
            EndpointOwner.ofNative(caller.account()),
            id,
            (tx, delivery) -> {
              answered.set(Answer.json(202, WebhookJson.DeliveryJson.of(delivery)));
              request.remember(tx, answered.get());
            });
    if (pending.isEmpty()) {
      throw Refusals.notFound();
    }
    return answered.get();
  }
}
