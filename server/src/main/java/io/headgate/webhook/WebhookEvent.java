package io.headgate.webhook;

import java.time.Instant;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * An event, as a {@link WebhookFormat} gets it to build a message.
 *
 * @param id the same on every attempt and for every endpoint
 * @param kind a word of {@link io.headgate.batch.EventKind}, {@link #TEST}, or a dialect's own
 * @param batch empty for events that belong to no batch, and when retention has deleted the batch
 * @param item empty for events of a whole batch
 * @param data an object: the facts at the time of the event
 */
public record WebhookEvent(
    UUID id,
    String kind,
    Instant at,
    Optional<EventBatch> batch,
    Optional<EventItem> item,
    JsonNode data) {

  /** The kind of the event that a client sends to test an endpoint. */
  public static final String TEST = "webhook.test";

  /**
   * The facts of a batch that never change.
   *
   * @param metadata an object
   * @param dialect the vendor's API it was submitted through; null for the native API
   * @param dialectRequest the request that the dialect stored; null for the native API
   */
  public record EventBatch(
      UUID id,
      String processor,
      @Nullable String name,
      JsonNode metadata,
      @Nullable String dialect,
      @Nullable JsonNode dialectRequest) {}

  public record EventItem(int ordinal, @Nullable String ref) {}
}
