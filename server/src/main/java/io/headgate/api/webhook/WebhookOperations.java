package io.headgate.api.webhook;

import io.headgate.http.Operation;
import io.headgate.http.PageCursors;
import io.headgate.webhook.Deliveries;
import io.headgate.webhook.Endpoint;
import io.headgate.webhook.Endpoints;
import java.util.List;

/** Creates the native operations on webhooks. */
public final class WebhookOperations {

  private WebhookOperations() {}

  public static List<Operation> of(
      Endpoints endpoints, Deliveries deliveries, PageCursors cursors) {
    return List.of(
        new ListWebhooks(endpoints, cursors),
        new CreateWebhook(endpoints),
        new ShowWebhook(endpoints),
        new ChangeWebhook(endpoints),
        new DeleteWebhook(endpoints),
        new SetWebhookState(endpoints, "pause", Endpoint.EndpointState.PAUSED),
        new SetWebhookState(endpoints, "resume", Endpoint.EndpointState.ACTIVE),
        new TestWebhook(deliveries),
        new ListDeliveries(deliveries, cursors),
        new Redeliver(deliveries));
  }
}
