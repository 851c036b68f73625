package io.headgate.api.webhook;

import io.headgate.batch.Caller;
import io.headgate.http.ApiResponse;
import io.headgate.http.HttpMethod;
import io.headgate.http.Operation;
import io.headgate.http.Request;
import io.headgate.http.Route;
import io.headgate.http.Scope;
import io.headgate.refusal.Refusals;
import io.headgate.webhook.EndpointOwner;
import io.headgate.webhook.Endpoints;
import java.util.UUID;

/** {@code PATCH /v1/webhooks/{id}}: changes URL or events; a missing field keeps its value. */
record ChangeWebhook(Endpoints endpoints) implements Operation.KeyedOperation {

  @Override
  public Route route() {
    return new Route(HttpMethod.PATCH, "/v1/webhooks/{id}");
  }

  @Override
  public Scope scope() {
    return Scope.WRITE;
  }

  @Override
  public ApiResponse handle(Request request, Caller caller) {
    UUID id = request.pathId("id");
    request.query().requireOnly();
    WebhookForm form = request.json(WebhookForm.class);
    EndpointOwner owner = EndpointOwner.ofNative(caller.account());
    if (endpoints.find(owner, id).isEmpty()) {
      throw Refusals.notFound();
    }
    return endpoints
        .change(owner, id, form.change(endpoints), (tx, done) -> {})
        .map(endpoint -> ApiResponse.json(200, WebhookJson.of(endpoint)))
        .orElseThrow(Refusals::notFound);
  }
}
