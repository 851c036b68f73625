package io.headgate.client;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The delivery of one event to one webhook, with its attempts.
 *
 * @param id the {@code webhook-id} that the receiver sees, the same in every attempt
 * @param state {@code pending}, {@code delivered} or {@code failed}
 * @param nextAttemptAt when the next attempt is due; null when none is planned
 * @param settledAt when the delivery reached its final state; null while it is pending
 * @param attempts the latest attempts, oldest first
 */
public record Delivery(
    String id,
    String event,
    @Nullable String batchId,
    String state,
    @Nullable Instant createdAt,
    @Nullable Instant nextAttemptAt,
    @Nullable Instant settledAt,
    List<DeliveryAttempt> attempts) {

  /**
   * One request to the receiver.
   *
   * @param status the HTTP status of the response; null when there was no response
   * @param error why the attempt failed; null when it succeeded
   * @param response the start of the response body; null when there was none
   */
  public record DeliveryAttempt(
      Instant at,
      @Nullable Integer status,
      double durationSeconds,
      @Nullable String error,
      @Nullable String response) {}
}
