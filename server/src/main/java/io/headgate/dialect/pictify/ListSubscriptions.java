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

/** {@code GET /webhook-subscriptions}: lists subscriptions. */
record ListSubscriptions(Subscriptions subscriptions) implements Operation.Keyed {

  private static final int USUAL = 20;

  record Listed(List<SubscriptionJson> subscriptions, Pagination pagination) {}

  @Override
  public Route route() {
    return Route.get("/webhook-subscriptions");
  }

  @Override
  public Scope scope() {
    return Scope.READ;
  }

  @Override
  public Answer answer(Request request, Caller caller) {
    Pagination.Asked asked = Pagination.asked(request.query(), USUAL);
    String event = request.query().text("event").map(Subscriptions::mark).orElse(null);
    Endpoint.State state =
        request.query().word("status", Endpoint.State::of, "active, paused, failed").orElse(null);
    Endpoints.Numbered page =
        subscriptions
            .endpoints()
            .page(
                Subscriptions.owner(caller),
                new Endpoints.Filter(event, state),
                asked.page(),
                asked.limit());
    List<SubscriptionJson> listed =
        page.data().stream().map(endpoint -> SubscriptionJson.of(endpoint, null)).toList();
    return VendorJson.answer(200, new Listed(listed, asked.of(page.total())));
  }
}
