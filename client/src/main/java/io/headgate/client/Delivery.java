package io.headgate.client;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One event for one webhook.
 *
 * @param id the {@code webhook-id} that the receiver sees, the same on every attempt
 * @param state {@code pending}, {@code delivered} or {@code failed}
 * @param attempts the latest ones, oldest first
 */
public record Delivery(
    String id,
    String event,
    @Nullable String batchId,
    String state,
    @Nullable Instant createdAt,
    @Nullable Instant nextAttemptAt,
    @Nullable Instant settledAt,
    List<Attempt> attempts) {

  /**
   * @param status of the receiver's answer; null without one
   * @param error null when it arrived
   * @param response how the answer's body begins
   */
  public record Attempt(
      Instant at,
      @Nullable Integer status,
      double durationSeconds,
      @Nullable String error,
      @Nullable String response) {}
}
