package io.headgate.client;

import org.jspecify.annotations.Nullable;

/**
 * The webhook calls of the API, see {@link HeadgateClient#webhooks}. Safe for use by many threads.
 */
public final class Webhooks {

  private static final String PATH = "/v1/webhooks";

  private final Transport transport;

  Webhooks(Transport transport) {
    this.transport = transport;
  }

  /** Lists webhooks, newest first, without their secrets. */
  public Response<Page<Webhook>> list(PageRequest page) {
    return transport.getPage(Query.on(PATH).with(page), Webhook.class);
  }

  /** Creates a webhook. Only this response contains the secret. */
  public Response<Webhook> create(NewWebhook webhook) {
    return transport.post(Query.on(PATH), webhook, Json.type(Webhook.class));
  }

  /** Returns a webhook, without its secret. */
  public Response<Webhook> show(String id) {
    return transport.get(Query.on(path(id)), Json.type(Webhook.class));
  }

  /** Stops sending until {@link #resume}; new events wait. Idempotent. */
  public Response<Webhook> pause(String id) {
    return transport.post(Query.on(path(id) + "/pause"), null, Json.type(Webhook.class));
  }

  /** Resumes a paused or failed webhook. Waiting events are sent first. Idempotent. */
  public Response<Webhook> resume(String id) {
    return transport.post(Query.on(path(id) + "/resume"), null, Json.type(Webhook.class));
  }

  /** Deletes a webhook and its deliveries. */
  public void delete(String id) {
    transport.delete(Query.on(path(id)));
  }

  /** Sends a {@code webhook.test} event to the webhook. */
  public Response<Delivery> test(String id) {
    return transport.post(Query.on(path(id) + "/test"), null, Json.type(Delivery.class));
  }

  /**
   * Lists deliveries of a webhook, newest first.
   *
   * @param state {@code pending}, {@code delivered} or {@code failed}; null for all
   */
  public Response<Page<Delivery>> deliveries(String id, @Nullable String state, PageRequest page) {
    return transport.getPage(
        Query.on(path(id) + "/deliveries").with("state", state).with(page), Delivery.class);
  }

  /** Sends a settled delivery again with the same id. */
  public Response<Delivery> redeliver(String id, String delivery) {
    return transport.post(
        Query.on(path(id) + "/deliveries/" + Query.encode(delivery) + "/redeliver"),
        null,
        Json.type(Delivery.class));
  }

  private static String path(String id) {
    return PATH + "/" + Query.encode(id);
  }
}
