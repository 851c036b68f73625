package io.headgate.engine;

import io.headgate.batch.AttemptResult;
import io.headgate.batch.ItemLifecycle;
import io.headgate.batch.ItemLifecycle.ItemContext;
import io.headgate.batch.ItemLifecycle.ItemTransition;
import io.headgate.batch.ItemState;
import io.headgate.db.Tx;
import io.headgate.engine.ClaimRow.ClaimedItem;
import io.headgate.engine.ResultRow.AttemptOutput;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.random.RandomGenerator;

/**
 * Collects how attempts of locked batches ended, decides with {@link ItemLifecycle} what follows,
 * and writes it in a few statements.
 */
final class Settler {

  private final LockedBatches locked;
  private final RandomGenerator random;
  private final Set<ItemDependencies.ItemKey> interrupted;

  private final Set<ClaimRow> touchedClaims = new LinkedHashSet<>();
  private final List<ResultRow> results = new ArrayList<>();
  private final Map<ItemDependencies.ItemKey, DeferredStore.NewDeferredItem> waiting =
      new LinkedHashMap<>();

  /**
   * @param locked the locked batches
   * @param interrupted items of them that were interrupted singly
   */
  Settler(LockedBatches locked, Set<ItemDependencies.ItemKey> interrupted, RandomGenerator random) {
    this.locked = locked;
    this.interrupted = interrupted;
    this.random = random;
  }

  /** Settles the items that still have their claim and returns the others. */
  List<AttemptReport> settle(Collection<ClaimRow> claims, List<AttemptReport> settlements) {
    Map<Long, ClaimRow> byToken = new HashMap<>();
    claims.forEach(claim -> byToken.put(claim.token, claim));
    List<AttemptReport> refused = new ArrayList<>();
    for (AttemptReport settlement : settlements) {
      ClaimRow claim = byToken.get(settlement.token());
      if (claim != null
          && claim.batchId.equals(settlement.batchId())
          && claim.holds(settlement.ordinal())) {
        end(claim, settlement.ordinal(), settlement.result(), settlement.finishedAt());
      } else {
        refused.add(settlement);
      }
    }
    return refused;
  }

  /** Ends one running item. */
  void end(ClaimRow claim, int ordinal, AttemptResult result, Instant finishedAt) {
    BatchRow batchRow = locked.get(claim.batchId);
    ClaimedItem item = claim.take(ordinal);
    touchedClaims.add(claim);
    ItemContext context =
        new ItemContext(
            item.failures(),
            item.losses(),
            batchRow.state().fenced(),
            interrupted.contains(new ItemDependencies.ItemKey(claim.batchId, ordinal)));
    switch (ItemLifecycle.next(result, context, batchRow.facts.limits())) {
      case ItemTransition.SettleItem settle -> {
        batchRow.changeItems().settleRunning(settle.state());
        results.add(
            row(
                claim,
                item,
                finishedAt,
                new AttemptEnd(settle.state(), true, output(result, settle))));
      }
      case ItemTransition.RetryItem wait -> defer(batchRow, claim, item, wait, finishedAt);
    }
  }

  private void defer(
      BatchRow batchRow,
      ClaimRow claim,
      ClaimedItem item,
      ItemTransition.RetryItem wait,
      Instant finishedAt) {
    batchRow.changeItems().deferRunning();
    boolean counts = !wait.code().isEmpty();
    if (counts) {
      AttemptOutput error = new AttemptOutput.ErrorReason(wait.code(), wait.message());
      results.add(row(claim, item, finishedAt, new AttemptEnd(ItemState.FAILED, false, error)));
    }
    ClaimedItem next =
        new ClaimedItem(
            item.ordinal(), item.attempt() + (counts ? 1 : 0), wait.failures(), wait.losses());
    waiting.put(
        new ItemDependencies.ItemKey(claim.batchId, item.ordinal()),
        new DeferredStore.NewDeferredItem(
            claim.batchId, next, locked.now().plus(jittered(wait.delay()))));
  }

  /** Up to a quarter longer, so that items that failed together do not come back together. */
  private Duration jittered(Duration delay) {
    long millis = delay.toMillis();
    return millis == 0 ? delay : Duration.ofMillis(millis + random.nextLong(millis / 4 + 1));
  }

  private static AttemptOutput output(AttemptResult result, ItemTransition.SettleItem settle) {
    return result instanceof AttemptResult.AttemptSucceeded(String output)
        ? new AttemptOutput.JsonOutput(output)
        : new AttemptOutput.ErrorReason(settle.code(), settle.message());
  }

  /**
   * How an attempt ended.
   *
   * @param last the attempt settled its item
   */
  private record AttemptEnd(ItemState outcome, boolean last, AttemptOutput output) {}

  private static ResultRow row(
      ClaimRow claim, ClaimedItem item, Instant finishedAt, AttemptEnd end) {
    return new ResultRow(
        claim.batchId,
        item.ordinal(),
        item.attempt(),
        end.outcome(),
        end.last(),
        new ResultRow.AttemptStart(claim.epoch, claim.nodeId, claim.claimedAt),
        finishedAt.isBefore(claim.claimedAt) ? claim.claimedAt : finishedAt,
        end.output());
  }

  /** Ends an item that waits, without it having started. */
  void endWaiting(
      UUID batchId, int ordinal, int attempt, ItemState outcome, AttemptOutput.ErrorReason error) {
    results.add(new ResultRow(batchId, ordinal, attempt, outcome, true, null, locked.now(), error));
  }

  /** Writes results, waiting items and claims. The caller saves the batches afterwards. */
  void write() {
    Tx tx = locked.tx();
    ItemDependencies.updateParents(this, List.copyOf(results), locked);
    results.forEach(row -> EventRecorder.item(locked.get(row.batchId()), row));
    ResultStore.append(tx, results, batch -> locked.get(batch).nextEpoch());
    DeferredStore.insert(tx, List.copyOf(waiting.values()));
    ClaimStore.write(tx, touchedClaims);
  }
}
