package io.headgate.client;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The results of the items that were running when their batch was cancelled.
 *
 * @param state {@code settling} or {@code settled}
 * @param dueAt the time by which the server settles all of them
 * @param settledAt when the last one settled; null while the state is {@code settling}
 * @param running items that have not settled yet
 * @param interrupted items that stopped within the grace period
 * @param abandoned items that did not stop within the grace period
 */
public record Settlement(
    String state,
    @Nullable Instant dueAt,
    @Nullable Instant settledAt,
    long running,
    long succeeded,
    long failed,
    long cancelled,
    long interrupted,
    long abandoned,
    @Nullable SettlementCredits credits,
    @Nullable List<SettledItem> items) {

  /** True when all items are settled. */
  public boolean settled() {
    return state.equals("settled");
  }

  /** The credits charged and refunded for these items. */
  public record SettlementCredits(long charged, long refunded) {}

  /** The result of one of these items. */
  public record SettledItem(long ordinal, @Nullable String outcome, @Nullable Instant finishedAt) {}
}
