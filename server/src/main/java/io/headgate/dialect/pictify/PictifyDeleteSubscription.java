package io.headgate.dialect.pictify;

import io.headgate.batch.Caller;
import io.headgate.dialect.VendorJson;
import io.headgate.http.ApiResponse;
import io.headgate.http.Operation;
import io.headgate.http.Request;
import io.headgate.http.Route;
import io.headgate.http.Scope;
import io.headgate.webhook.Endpoint;

/** {@code DELETE /webhook-subscriptions/{uid}}: deletes a subscription. */
record PictifyDeleteSubscription(PictifySubscriptions subscriptions)
    implements Operation.KeyedOperation {

  record DeletedSubscription(boolean deleted, String message) {}

  @Override
  public Route route() {
    return Route.delete("/webhook-subscriptions/{uid}");
  }

  @Override
  public Scope scope() {
    return Scope.WRITE;
  }

  @Override
  public ApiResponse handle(Request request, Caller caller) {
    request.discardBody();
    Endpoint endpoint = subscriptions.require(caller, request.pathParameter("uid"));
    subscriptions.endpoints().delete(PictifySubscriptions.owner(caller), endpoint.id());
    return VendorJson.answer(200, new DeletedSubscription(true, "Webhook subscription deleted"));
  }
}
