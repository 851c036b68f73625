package io.headgate.simulate;

import io.headgate.simulate.Sight.Receipt;
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
 * @param ears webhooks, in the order of their ids
 * @param retried the batches that the last step retried
 */
record Moment(
    Instant at,
    Map<UUID, Sight> batches,
    Map<UUID, Receipt> receipts,
    Map<UUID, Account> accounts,
    Map<UUID, Ear> ears,
    Set<UUID> retried) {

  /** An account, with its own sums and those of its journal. */
  record Account(
      String name, boolean unlimited, @Nullable Integer runningLimit, Sums row, Sums journal) {}

  /** In credits. */
  record Sums(long granted, long reserved, long charged) {}

  @Nullable Sight find(UUID batch) {
    return batches.get(batch);
  }
}
