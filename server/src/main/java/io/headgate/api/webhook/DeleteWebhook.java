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

/** {@code DELETE /v1/webhooks/{id}}: deletes a webhook; no more events are sent to it. */
record DeleteWebhook(Endpoints endpoints) implements Operation.KeyedOperation {

  @Override
  public Route route() {
    return Route.delete("/v1/webhooks/{id}");
  }

  @Override
  public Scope scope() {
    return Scope.WRITE;
  }

  @Override
  public ApiResponse handle(Request request, Caller caller) {
    UUID id = request.pathId("id");
    request.query().requireOnly();
    if (!endpoints.delete(EndpointOwner.ofNative(caller.account()), id)) {
      throw Refusals.notFound();
    }
    return ApiResponse.empty(204);
  }
}
