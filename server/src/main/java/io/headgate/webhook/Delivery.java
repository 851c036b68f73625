package io.headgate.webhook;

import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * One event for one endpoint, as the delivery log shows it.
 *
 * @param id of the event: the receiver gets it with every attempt
 * @param batch null for events that belong to no batch
 * @param nextAttemptAt null once the delivery is settled
 * @param attempts the latest ones, oldest first
 */
public record Delivery(
    UUID id,
    String kind,
    @Nullable UUID batch,
    Instant at,
    DeliveryState state,
    @Nullable Instant nextAttemptAt,
    @Nullable Instant settledAt,
    List<DeliveryAttempt> attempts) {

  /** Whether the receiver has accepted the event. */
  public enum DeliveryState {
    PENDING,
    DELIVERED,
    /** No more attempts follow, unless a client asks for a redelivery. */
    FAILED;

    public String word() {
      return name().toLowerCase(Locale.ROOT);
    }

    /**
     * @throws IllegalArgumentException for a word that is no state
     */
    public static DeliveryState of(String word) {
      return valueOf(word.toUpperCase(Locale.ROOT));
    }
  }
}
