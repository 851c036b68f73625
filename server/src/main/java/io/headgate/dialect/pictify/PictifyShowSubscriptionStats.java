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

/** {@code GET /webhook-subscriptions/stats}: totals over the newest 500 subscriptions. */
record PictifyShowSubscriptionStats(PictifySubscriptions subscriptions)
    implements Operation.KeyedOperation {

  private static final int MAX_SUBSCRIPTIONS = 500;

  record SubscriptionCounts(
      int total, long active, long paused, long failed, long deliveries, long failures) {}

  record SubscriptionStats(SubscriptionCounts stats) {}

  @Override
  public Route route() {
    return Route.get("/webhook-subscriptions/stats");
  }

  @Override
  public Scope scope() {
    return Scope.READ;
  }

  @Override
  public ApiResponse handle(Request request, Caller caller) {
    Endpoints.EndpointPage all =
        subscriptions
            .endpoints()
            .page(
                PictifySubscriptions.owner(caller),
                Endpoints.EndpointFilter.ALL,
                1,
                MAX_SUBSCRIPTIONS);
    return VendorJson.answer(
        200,
        new SubscriptionStats(
            new SubscriptionCounts(
                all.total(),
                count(all.endpoints(), Endpoint.EndpointState.ACTIVE),
                count(all.endpoints(), Endpoint.EndpointState.PAUSED),
                count(all.endpoints(), Endpoint.EndpointState.FAILED),
                all.endpoints().stream()
                    .mapToLong(endpoint -> endpoint.statistics().delivered())
                    .sum(),
                all.endpoints().stream()
                    .mapToLong(endpoint -> endpoint.statistics().failed())
                    .sum())));
  }

  private static long count(List<Endpoint> endpoints, Endpoint.EndpointState state) {
    return endpoints.stream().filter(endpoint -> endpoint.status().state() == state).count();
  }
}
