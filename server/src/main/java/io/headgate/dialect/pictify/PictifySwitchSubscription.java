package io.headgate.dialect.pictify;

import io.headgate.batch.Caller;
import io.headgate.dialect.VendorJson;
import io.headgate.http.ApiResponse;
import io.headgate.http.Operation;
import io.headgate.http.Request;
import io.headgate.http.Route;
import io.headgate.http.Scope;
import io.headgate.webhook.Endpoint;

/**
 * {@code POST /webhook-subscriptions/{uid}/pause} and {@code /resume}: changes the state of a
 * subscription. Idempotent.
 *
 * @param verb the last part of the path
 * @param to the new state
 */
record PictifySwitchSubscription(
    PictifySubscriptions subscriptions, String verb, Endpoint.EndpointState to)
    implements Operation.KeyedOperation {

  @Override
  public Route route() {
    return Route.post("/webhook-subscriptions/{uid}/" + verb);
  }

  @Override
  public Scope scope() {
    return Scope.WRITE;
  }

  @Override
  public ApiResponse handle(Request request, Caller caller) {
    request.discardBody();
    Endpoint changed =
        subscriptions.change(caller, request.pathParameter("uid"), Endpoint.EndpointChange.of(to));
    return VendorJson.answer(200, PictifySubscription.response(changed, null));
  }
}
