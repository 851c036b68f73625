package io.headgate.client;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * The immutable record of one cancel. Its bytes never change; {@link Answer#bytes} has them.
 *
 * @param epoch the batch's logical time of the fence: every item that ever started was claimed
 *     before it
 */
public record Receipt(
    String batchId,
    Instant cancelledAt,
    long epoch,
    CancelMode mode,
    @Nullable Double graceSeconds,
    @Nullable String reason,
    @Nullable Requester requestedBy,
    Counts counts,
    Credits credits) {

  /** Who asked. */
  public record Requester(@Nullable String account, @Nullable String key) {}

  /**
   * The items at the moment of the fence; the parts add up to {@code total}.
   *
   * @param stopped had not started and never will
   * @param running had started; the settlement tells what became of them
   * @param cancelled were cancelled singly before
   */
  public record Counts(
      long total, long stopped, long running, long succeeded, long failed, long cancelled) {}

  /**
   * The money at that moment.
   *
   * @param refunded for the stopped items, already given back
   * @param atStake held for the running items, charged or refunded as each settles
   */
  public record Credits(long perItem, long refunded, long atStake, long charged) {}
}
