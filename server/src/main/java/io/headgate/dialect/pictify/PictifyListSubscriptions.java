package io.headgate.dialect.pictify;

import io.headgate.batch.Caller;
import io.headgate.dialect.VendorJson;
import io.headgate.http.ApiResponse;
import io.headgate.http.Operation;
import io.headgate.http.Request;
import io.headgate.http.Route;
import io.headgate.http.Scope;
import io.headgate.webhook.Endpoint;
import io.headgate.webhook.Endpoints;
import java.util.List;

/** {@code GET /webhook-subscriptions}: lists subscriptions. */
record PictifyListSubscriptions(PictifySubscriptions subscriptions)
    implements Operation.KeyedOperation {

  private static final int DEFAULT_LIMIT = 20;

  record PictifySubscriptionList(
      List<PictifySubscription> subscriptions, PictifyPagination pagination) {}

  @Override
  public Route route() {
    return Route.get("/webhook-subscriptions");
  }

  @Override
  public Scope scope() {
    return Scope.READ;
  }

  @Override
  public ApiResponse handle(Request request, Caller caller) {
    PictifyPagination.PictifyPageRequest requested =
        PictifyPagination.requested(request.query(), DEFAULT_LIMIT);
    String event = request.query().text("event").map(PictifySubscriptions::marker).orElse(null);
    Endpoint.EndpointState state =
        request
            .query()
            .oneOf("status", Endpoint.EndpointState::of, "active, paused, failed")
            .orElse(null);
    Endpoints.EndpointPage page =
        subscriptions
            .endpoints()
            .page(
                PictifySubscriptions.owner(caller),
                new Endpoints.EndpointFilter(event, state),
                requested.page(),
                requested.limit());
    List<PictifySubscription> listed =
        page.endpoints().stream().map(endpoint -> PictifySubscription.of(endpoint, null)).toList();
    return VendorJson.answer(200, new PictifySubscriptionList(listed, requested.of(page.total())));
  }
}
