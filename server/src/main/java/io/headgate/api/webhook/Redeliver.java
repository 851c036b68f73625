package io.headgate.api.webhook;

import io.headgate.batch.Caller;
import io.headgate.http.ApiResponse;
import io.headgate.http.Operation;
import io.headgate.http.Problem;
import io.headgate.http.ProblemCode;
import io.headgate.http.Request;
import io.headgate.http.Route;
import io.headgate.http.Scope;
import io.headgate.refusal.Refusals;
import io.headgate.webhook.Deliveries;
import io.headgate.webhook.Deliveries.Redelivery;
import io.headgate.webhook.EndpointOwner;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicReference;

/**
 * {@code POST /v1/webhooks/{id}/deliveries/{delivery}/redeliver}: sends the same message again with
 * the same {@code webhook-id}, after the deliveries that are pending.
 */
record Redeliver(Deliveries deliveries) implements Operation.KeyedOperation {

  @Override
  public Route route() {
    return Route.post("/v1/webhooks/{id}/deliveries/{delivery}/redeliver");
  }

  @Override
  public Scope scope() {
    return Scope.WRITE;
  }

  @Override
  public ApiResponse handle(Request request, Caller caller) {
    UUID id = request.pathId("id");
    UUID delivery = request.pathId("delivery");
    request.query().requireOnly();
    request.discardBody();
    AtomicReference<ApiResponse> answered = new AtomicReference<>();
    Redelivery result =
        deliveries.redeliver(
            EndpointOwner.ofNative(caller.account()),
            id,
            delivery,
            (tx, pending) -> {
              answered.set(ApiResponse.json(202, WebhookJson.DeliveryJson.of(pending)));
              request.recordResponse(tx, answered.get());
            });
    return switch (result) {
      case Redelivery.Requeued ignored -> answered.get();
      case Redelivery.AlreadyPending() ->
          throw Problem.of(ProblemCode.NOTHING_TO_DO, "The delivery is already pending.")
              .asException();
      case Redelivery.NoSuchDelivery() -> throw Refusals.notFound();
    };
  }
}
