package io.headgate.simulate;

import io.headgate.simulate.BatchSnapshot.BatchReceipt;
import java.time.Instant;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * All stored rows between two steps.
 *
 * @param at the time of the simulated clock
 * @param batches in the order of their ids
 * @param receipts of all batches, including dropped ones
 * @param subscriptions webhooks, in the order of their ids
 * @param retried the batches that the last step retried
 */
record StateSnapshot(
    Instant at,
    Map<UUID, BatchSnapshot> batches,
    Map<UUID, BatchReceipt> receipts,
    Map<UUID, AccountSnapshot> accounts,
    Map<UUID, WebhookSubscription> subscriptions,
    Set<UUID> retried) {

  /** An account, with its own sums and those of its journal. */
  record AccountSnapshot(
      String name,
      boolean unlimited,
      @Nullable Integer runningLimit,
      CreditSums sums,
      CreditSums journalSums) {}

  /** In credits. */
  record CreditSums(long granted, long reserved, long charged) {}

  @Nullable BatchSnapshot find(UUID batch) {
    return batches.get(batch);
  }
}
