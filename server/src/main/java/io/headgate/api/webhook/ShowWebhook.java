package io.headgate.api.webhook;

import io.headgate.batch.Caller;
import io.headgate.http.ApiResponse;
import io.headgate.http.Operation;
import io.headgate.http.Request;
import io.headgate.http.Route;
import io.headgate.http.Scope;
import io.headgate.refusal.Refusals;
import io.headgate.webhook.EndpointOwner;
import io.headgate.webhook.Endpoints;
import java.util.UUID;

/** {@code GET /v1/webhooks/{id}}: returns one webhook, without its secret. */
record ShowWebhook(Endpoints endpoints) implements Operation.KeyedOperation {

  @Override
  public Route route() {
    return Route.get("/v1/webhooks/{id}");
  }

  @Override
  public Scope scope() {
    return Scope.READ;
  }

  @Override
  public ApiResponse handle(Request request, Caller caller) {
    UUID id = request.pathId("id");
    request.query().requireOnly();
    return endpoints
        .find(EndpointOwner.ofNative(caller.account()), id)
        .map(endpoint -> ApiResponse.json(200, WebhookJson.of(endpoint)))
        .orElseThrow(Refusals::notFound);
  }
}
