package io.headgate.api.webhook;

import io.headgate.api.PageStart;
import io.headgate.batch.Caller;
import io.headgate.http.ApiResponse;
import io.headgate.http.Operation;
import io.headgate.http.Page;
import io.headgate.http.PageCursors;
import io.headgate.http.Request;
import io.headgate.http.Route;
import io.headgate.http.Scope;
import io.headgate.webhook.Endpoint;
import io.headgate.webhook.EndpointOwner;
import io.headgate.webhook.Endpoints;
import io.headgate.webhook.NativeWebhookFormat;

/** {@code GET /v1/webhooks}: lists the account's webhooks, newest first, without secrets. */
record ListWebhooks(Endpoints endpoints, PageCursors cursors) implements Operation.KeyedOperation {

  @Override
  public Route route() {
    return Route.get("/v1/webhooks");
  }

  @Override
  public Scope scope() {
    return Scope.READ;
  }

  @Override
  public ApiResponse handle(Request request, Caller caller) {
    request.query().requireOnly("limit", "cursor", "state", "event");
    Page.PageQuery pageRequest = Page.PageQuery.of(request, cursors);
    var rows =
        endpoints.list(
            EndpointOwner.ofNative(caller.account()),
            filter(request),
            PageStart.idBefore(pageRequest),
            pageRequest.rowsToRead());
    return ApiResponse.json(200, pageRequest.of(rows, row -> row.id().toString(), WebhookJson::of));
  }

  private static Endpoints.EndpointFilter filter(Request request) {
    return new Endpoints.EndpointFilter(
        request
            .query()
            .oneOf("event", ListWebhooks::event, String.join(", ", NativeWebhookFormat.EVENTS))
            .orElse(null),
        request
            .query()
            .oneOf("state", Endpoint.EndpointState::of, "active, paused, failed")
            .orElse(null));
  }

  private static String event(String word) {
    if (!NativeWebhookFormat.EVENTS.contains(word)) {
      throw new IllegalArgumentException("no event");
    }
    return word;
  }
}
