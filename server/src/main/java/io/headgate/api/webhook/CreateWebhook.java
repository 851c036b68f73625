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
import java.util.concurrent.atomic.AtomicReference;

/** {@code POST /v1/webhooks}: creates a webhook. Its secret is only in this response. */
record CreateWebhook(Endpoints endpoints) implements Operation.KeyedOperation {

  @Override
  public Route route() {
    return Route.post("/v1/webhooks");
  }

  @Override
  public Scope scope() {
    return Scope.WRITE;
  }

  @Override
  public boolean confidential() {
    return true;
  }

  @Override
  public ApiResponse handle(Request request, Caller caller) {
    request.query().requireOnly();
    Endpoint.EndpointSettings order = request.json(WebhookForm.class).order(endpoints);
    EndpointOwner owner = EndpointOwner.ofNative(caller.account());
    if (!endpoints.isBelowLimit(owner)) {
      throw Refusals.tooLarge(
          "An account can have at most "
              + Endpoints.MAX_PER_OWNER
              + " webhooks. Delete one first.");
    }
    AtomicReference<ApiResponse> answered = new AtomicReference<>();
    endpoints.create(
        owner,
        order,
        (tx, created) -> {
          answered.set(ApiResponse.json(201, WebhookJson.of(created)));
          request.recordResponse(tx, answered.get());
        });
    return answered.get();
  }
}
