package io.headgate.client;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * The immutable record of one cancel. Every later request for it returns the same bytes, see {@link
 * Response#bytes}.
 *
 * @param cancelledAt the time of the fence
 * @param epoch the logical time of the fence: every item that ever started was claimed at an
 *     earlier epoch
 */
public record Receipt(
    String batchId,
    Instant cancelledAt,
    long epoch,
    CancelMode mode,
    @Nullable Double graceSeconds,
    @Nullable String reason,
    @Nullable Requester requestedBy,
    ReceiptCounts counts,
    ReceiptCredits credits) {

  /** The account and the key that requested the cancel. */
  public record Requester(@Nullable String account, @Nullable String key) {}

  /**
   * The items at the time of the fence. The states add up to {@code total}.
   *
   * @param stopped had not started and never start
   * @param running were running; the {@link Settlement} reports their results
   * @param cancelled were cancelled one by one before this cancel
   */
  public record ReceiptCounts(
      long total, long stopped, long running, long succeeded, long failed, long cancelled) {}

  /**
   * The credits at the time of the fence.
   *
   * @param refunded for the stopped items, refunded with the cancel
   * @param atStake reserved for the running items; charged or refunded when each settles
   * @param charged for items that had succeeded
   */
  public record ReceiptCredits(long perItem, long refunded, long atStake, long charged) {}
}
