package io.headgate.api.webhook;

import io.headgate.batch.Caller;
import io.headgate.http.Answer;
import io.headgate.http.Operation;
import io.headgate.http.Request;
import io.headgate.http.Route;
import io.headgate.http.Scope;
import io.headgate.refusal.Refusals;
import io.headgate.webhook.Endpoints;
import io.headgate.webhook.EndpointOwner;
import java.util.UUID;

/** {@code GET /v1/webhooks/{id}}: returns one webhook, without its secret. */
record ShowWebhook(Endpoints endpoints) implements Operation.Keyed {

  @Override
  public Route route() {
    return Route.get("/v1/webhooks/{id}");
  }

  @Override
  public Scope scope() {
    return Scope.READ;
  }

  @Override
  public Answer answer(Request request, Caller caller) {
    UUID id = request.pathId("id");
    request.query().only();
    return endpoints
        .find(EndpointOwner.ofNative(caller.account()), id)
        .map(endpoint -> Answer.json(200, WebhookJson.of(endpoint)))
        .orElseThrow(Refusals::notFound);
  }
}
