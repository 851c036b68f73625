package io.headgate.api.webhook;

import io.headgate.batch.Caller;
import io.headgate.http.ApiResponse;
import io.headgate.http.Operation;
import io.headgate.http.Request;
import io.headgate.http.Route;
import io.headgate.http.Scope;
import io.headgate.refusal.Refusals;
import io.headgate.webhook.Endpoint;
import io.headgate.webhook.EndpointOwner;
import io.headgate.webhook.Endpoints;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicReference;

/**
 * {@code POST /v1/webhooks/{id}/pause} and {@code /resume}. The events of a paused webhook stay
 * pending. Resume sends the pending events first; it also reactivates a failed webhook. Both are
 * idempotent.
 */
record SetWebhookState(Endpoints endpoints, String action, Endpoint.EndpointState state)
    implements Operation.KeyedOperation {

  @Override
  public Route route() {
    return Route.post("/v1/webhooks/{id}/" + action);
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
    Optional<Endpoint> changed =
        endpoints.change(
            EndpointOwner.ofNative(caller.account()),
            id,
            Endpoint.EndpointChange.of(state),
            (tx, endpoint) -> {
              answered.set(ApiResponse.json(200, WebhookJson.of(endpoint)));
              request.recordResponse(tx, answered.get());
            });
    if (changed.isEmpty()) {
      throw Refusals.notFound();
    }
    return answered.get();
  }
}
