package io.headgate.dialect.pictify;

import io.headgate.batch.Caller;
import io.headgate.dialect.VendorJson;
import io.headgate.http.ApiResponse;
import io.headgate.http.Operation;
import io.headgate.http.Request;
import io.headgate.http.Route;
import io.headgate.http.Scope;

/** {@code GET /webhook-subscriptions/{uid}}: shows a subscription. */
record PictifyShowSubscription(PictifySubscriptions subscriptions)
    implements Operation.KeyedOperation {

  @Override
  public Route route() {
    return Route.get("/webhook-subscriptions/{uid}");
  }

  @Override
  public Scope scope() {
    return Scope.READ;
  }

  @Override
  public ApiResponse handle(Request request, Caller caller) {
    return VendorJson.answer(
        200,
        PictifySubscription.response(
            subscriptions.require(caller, request.pathParameter("uid")), null));
  }
}
