package io.headgate.simulate;

import io.headgate.simulate.Sight.Receipt;
import java.time.Instant;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Everything that is stored, between two steps.
 *
 * @param at the house's time
 * @param batches in the order of their ids
 * @param receipts of all batches, also of those that are gone
 * @param ears webhooks, in the order of their ids
 * @param retried the batches whose failed items the step before was asked to retry
 */
record Moment(
    Instant at,
    Map<UUID, Sight> batches,
    Map<UUID, Receipt> receipts,
    Map<UUID, Account> accounts,
    Map<UUID, Ear> ears,
    Set<UUID> retried) {

  /** An account with the sums of its journal. */
  record Account(
      String name, boolean unlimited, @Nullable Integer runningLimit, Sums row, Sums journal) {}

  /** In credits. */
  record Sums(long granted, long reserved, long charged) {}

  @Nullable Sight find(UUID batch) {
    return batches.get(batch);
  }
}
