package io.headgate.webhook;

import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * Somebody who is told of events.
 *
 * @param batch set when it is told of this batch only
 * @param dialect the vendor's API it was made through; null for the native one
 * @param facts the dialect's own; null without
 * @param events words of the kinds it is told of
 * @param format the name of the {@link Format} that words them
 * @param reason why it failed; null unless it did
 * @param delivered deliveries that arrived
 * @param failed attempts that did not
 * @param lastAttempt null before the first
 */
public record Endpoint(
    UUID id,
    UUID account,
    @Nullable UUID batch,
    @Nullable String dialect,
    @Nullable JsonNode facts,
    String url,
    List<String> events,
    String format,
    Signature signature,
    State state,
    @Nullable String reason,
    Instant createdAt,
    long delivered,
    long failed,
    @Nullable Attempt lastAttempt) {

  /** Whether it gets its deliveries. */
  public enum State {
    ACTIVE,
    /** Events are kept for it until somebody resumes it. */
    PAUSED,
    /** It refused too often. Nothing more is kept for it until somebody resumes it. */
    FAILED;

    public String word() {
      return name().toLowerCase(Locale.ROOT);
    }

    /**
     * @throws IllegalArgumentException for a word that names no state
     */
    public static State of(String word) {
      return valueOf(word.toUpperCase(Locale.ROOT));
    }
  }

  /**
   * An endpoint to be made.
   *
   * @param url checked by {@link Endpoints#objection}
   * @param events at least one
   * @param facts the dialect's own; null without
   */
  public record Order(
      String url,
      List<String> events,
      String format,
      Signature signature,
      @Nullable JsonNode facts) {

    public Order {
      events = events.stream().distinct().toList();
      if (events.isEmpty()) {
        throw new IllegalArgumentException("an endpoint is told of at least one kind of event");
      }
    }
  }

  /**
   * A new endpoint.
   *
   * @param secret shown this once; null for one without signature
   */
  public record Made(Endpoint endpoint, @Nullable String secret) {
    @Override
    public String toString() {
      return "new endpoint " + endpoint.id();
    }
  }

  /** What to change; null leaves it as it is. */
  public record Change(
      @Nullable String url,
      @Nullable List<String> events,
      @Nullable JsonNode facts,
      @Nullable State state) {

    public static Change of(State state) {
      return new Change(null, null, null, state);
    }
  }
}
