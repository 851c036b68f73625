package io.headgate.webhook;

import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * One event for one endpoint, as the log shows it.
 *
 * @param id the event's: the receiver sees it on every attempt
 * @param batch the batch it is about; null for events of none
 * @param nextAttemptAt null once it is settled
 * @param attempts the latest ones, oldest first
 */
public record Delivery(
    UUID id,
    String kind,
    @Nullable UUID batch,
    Instant at,
    State state,
    @Nullable Instant nextAttemptAt,
    @Nullable Instant settledAt,
    List<Attempt> attempts) {

  /** Whether the event has arrived. */
  public enum State {
    PENDING,
    DELIVERED,
    /** Given up; it can be sent again by hand. */
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
}
