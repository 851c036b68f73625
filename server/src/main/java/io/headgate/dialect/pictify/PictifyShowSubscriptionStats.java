package io.headgate.dialect.pictify;

import io.headgate.batch.Caller;
import io.headgate.dialect.VendorJson;
import io.headgate.http.Answer;
import io.headgate.http.Operation;
import io.headgate.http.Request;
import io.headgate.http.Route;
import io.headgate.http.Scope;
import io.headgate.webhook.Endpoint;
import io.headgate.webhook.Endpoints;
import java.util.List;

/** {@code GET /webhook-subscriptions/stats}: totals over the newest 500 subscriptions. */
record PictifyShowSubscriptionStats(PictifySubscriptions subscriptions) implements Operation.Keyed {

  private static final int MAX_SUBSCRIPTIONS = 500;

  record SubscriptionCounts(int total, long active, long paused, long failed, long deliveries, long failures) {}

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
  public Answer answer(Request request, Caller caller) {
    Endpoints.Numbered all =
        subscriptions.endpoints().page(PictifySubscriptions.owner(caller), Endpoints.Filter.ALL, 1, MAX_SUBSCRIPTIONS);
    return VendorJson.answer(
        200,
        new SubscriptionStats(
            new SubscriptionCounts(
                all.total(),
                count(all.data(), Endpoint.State.ACTIVE),
                count(all.data(), Endpoint.State.PAUSED),
                count(all.data(), Endpoint.State.FAILED),
                all.data().stream().mapToLong(endpoint -> endpoint.statistics().delivered()).sum(),
                all.data().stream().mapToLong(endpoint -> endpoint.statistics().failed()).sum())));
  }

  private static long count(List<Endpoint> endpoints, Endpoint.State state) {
    return endpoints.stream().filter(endpoint -> endpoint.status().state() == state).count();
  }
}
