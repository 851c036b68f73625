package io.headgate.webhook;

import java.time.Instant;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * One thing that happened, as a {@link Format} gets it to be put into words.
 *
 * @param id the same on every attempt and for every endpoint that is told
 * @param kind a word of {@link io.headgate.batch.EventKind}, {@link #TEST}, or a dialect's own
 * @param batch the batch it is about; empty for events of none, and when retention took it
 * @param item the item it is about
 * @param data what it says, an object, as it was when it happened
 */
public record Event(
    UUID id, String kind, Instant at, Optional<Batch> batch, Optional<Item> item, JsonNode data) {

  /** What an endpoint gets when somebody tries it out. */
  public static final String TEST = "webhook.test";

  /**
   * What never changes of a batch.
   *
   * @param metadata an object
   * @param dialect the vendor's API it came through; null for the native one
   * @param asked what was asked for there
   */
  public record Batch(
      UUID id,
      String processor,
      @Nullable String name,
      JsonNode metadata,
      @Nullable String dialect,
      @Nullable JsonNode asked) {}

  public record Item(int ordinal, @Nullable String ref) {}
}
