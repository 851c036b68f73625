package io.headgate.client;

import org.jspecify.annotations.Nullable;

/** The calls about webhooks; {@link HeadgateClient#webhooks} has them. */
public final class Webhooks {

  private static final String PATH = "/v1/webhooks";

  private final Transport transport;

  Webhooks(Transport transport) {
    this.transport = transport;
  }

  public Answer<Page<Webhook>> list(PageRequest page) {
    return transport.getPage(Query.on(PATH).with(page), Webhook.class);
  }

  /** The answer holds the secret, this once. */
  public Answer<Webhook> create(NewWebhook webhook) {
    return transport.post(Query.on(PATH), webhook, Json.type(Webhook.class));
  }

  public Answer<Webhook> show(String id) {
    return transport.get(Query.on(path(id)), Json.type(Webhook.class));
  }

  /** Events wait until {@link #resume}. Idempotent. */
  public Answer<Webhook> pause(String id) {
    return transport.post(Query.on(path(id) + "/pause"), null, Json.type(Webhook.class));
  }

  /** Takes up one that is paused or failed, beginning with what waits. Idempotent. */
  public Answer<Webhook> resume(String id) {
    return transport.post(Query.on(path(id) + "/resume"), null, Json.type(Webhook.class));
  }

  public void delete(String id) {
    transport.delete(Query.on(path(id)));
  }

  /** Sends it a {@code webhook.test}. */
  public Answer<Delivery> test(String id) {
    return transport.post(Query.on(path(id) + "/test"), null, Json.type(Delivery.class));
  }

  /**
   * What it was sent and what waits, newest first.
   *
   * @param state {@code pending}, {@code delivered} or {@code failed}; null for all
   */
  public Answer<Page<Delivery>> deliveries(String id, @Nullable String state, PageRequest page) {
    return transport.getPage(
        Query.on(path(id) + "/deliveries").with("state", state).with(page), Delivery.class);
  }

  /** Sends a settled delivery again, under the same id. */
  public Answer<Delivery> redeliver(String id, String delivery) {
    return transport.post(
        Query.on(path(id) + "/deliveries/" + Query.encode(delivery) + "/redeliver"),
        null,
        Json.type(Delivery.class));
  }

  private static String path(String id) {
    return PATH + "/" + Query.encode(id);
  }
}
