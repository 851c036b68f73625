package io.headgate.engine;

import io.headgate.batch.Ending;
import io.headgate.batch.ItemLaw;
import io.headgate.batch.ItemLaw.Standing;
import io.headgate.batch.ItemLaw.Verdict;
import io.headgate.batch.ItemState;
import io.headgate.db.Tx;
import io.headgate.engine.ClaimRow.Try;
import io.headgate.engine.ResultRow.What;
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
 * Collects how attempts of locked batches ended, decides with {@link ItemLaw} what follows, and
 * writes it in a few statements.
 */
final class Settling {

  private final Locked locked;
  private final RandomGenerator random;
  private final Set<Relatives.Key> interrupted;

  private final Set<ClaimRow> touchedClaims = new LinkedHashSet<>();
  private final List<ResultRow> results = new ArrayList<>();
  private final Map<Relatives.Key, DeferredStore.Waiting> waiting = new LinkedHashMap<>();

  /**
   * @param locked the locked batches
   * @param interrupted items of them that were interrupted singly
   */
  Settling(Locked locked, Set<Relatives.Key> interrupted, RandomGenerator random) {
    this.locked = locked;
    this.interrupted = interrupted;
    this.random = random;
  }

  /** Settles the items that still have their claim and returns the others. */
  List<Settlement> settle(Collection<ClaimRow> claims, List<Settlement> settlements) {
    Map<Long, ClaimRow> byToken = new HashMap<>();
    claims.forEach(claim -> byToken.put(claim.token, claim));
    List<Settlement> refused = new ArrayList<>();
    for (Settlement settlement : settlements) {
      ClaimRow claim = byToken.get(settlement.token());
      if (claim != null
          && claim.batchId.equals(settlement.batchId())
          && claim.holds(settlement.ordinal())) {
        end(claim, settlement.ordinal(), settlement.ending(), settlement.finishedAt());
      } else {
        refused.add(settlement);
      }
    }
    return refused;
  }

  /** Ends one running item. */
  void end(ClaimRow claim, int ordinal, Ending ending, Instant finishedAt) {
    Ledger ledger = locked.get(claim.batchId);
    Try tried = claim.take(ordinal);
    touchedClaims.add(claim);
    Standing standing =
        new Standing(
            tried.failures(),
            tried.losses(),
            ledger.state().fenced(),
            interrupted.contains(new Relatives.Key(claim.batchId, ordinal)));
    switch (ItemLaw.after(ending, standing, ledger.facts.limits())) {
      case Verdict.Settle settle -> {
        ledger.changeItems().settleRunning(settle.state());
        results.add(
            row(claim, tried, finishedAt, new End(settle.state(), true, what(ending, settle))));
      }
      case Verdict.Wait wait -> defer(ledger, claim, tried, wait, finishedAt);
    }
  }

  private void defer(
      Ledger ledger, ClaimRow claim, Try tried, Verdict.Wait wait, Instant finishedAt) {
    ledger.changeItems().deferRunning();
    boolean counts = !wait.code().isEmpty();
    if (counts) {
      What error = new What.Reason(wait.code(), wait.message());
      results.add(row(claim, tried, finishedAt, new End(ItemState.FAILED, false, error)));
    }
    Try next =
        new Try(
            tried.ordinal(), tried.attempt() + (counts ? 1 : 0), wait.failures(), wait.losses());
    waiting.put(
        new Relatives.Key(claim.batchId, tried.ordinal()),
        new DeferredStore.Waiting(claim.batchId, next, locked.now().plus(jittered(wait.delay()))));
  }

  /** Up to a quarter longer, so that items that failed together do not come back together. */
  private Duration jittered(Duration delay) {
    long millis = delay.toMillis();
    return millis == 0 ? delay : Duration.ofMillis(millis + random.nextLong(millis / 4 + 1));
  }

  private static What what(Ending ending, Verdict.Settle settle) {
    return ending instanceof Ending.Succeeded(String output)
        ? new What.Output(output)
        : new What.Reason(settle.code(), settle.message());
  }

  /**
   * How an attempt ended.
   *
   * @param last the attempt settled its item
   */
  private record End(ItemState outcome, boolean last, What what) {}

  private static ResultRow row(ClaimRow claim, Try tried, Instant finishedAt, End end) {
    return new ResultRow(
        claim.batchId,
        tried.ordinal(),
        tried.attempt(),
        end.outcome(),
        end.last(),
        new ResultRow.Start(claim.epoch, claim.nodeId, claim.claimedAt),
        finishedAt.isBefore(claim.claimedAt) ? claim.claimedAt : finishedAt,
        end.what());
  }

  /** Ends an item that waits, without it having started. */
  void endWaiting(UUID batchId, int ordinal, int attempt, ItemState outcome, What.Reason error) {
    results.add(new ResultRow(batchId, ordinal, attempt, outcome, true, null, locked.now(), error));
  }

  /** Writes results, waiting items and claims. The caller saves the batches afterwards. */
  void write() {
    Tx tx = locked.tx();
    Relatives.follow(this, List.copyOf(results), locked);
    results.forEach(row -> EventRecorder.item(locked.get(row.batchId()), row));
    ResultStore.append(tx, results, batch -> locked.get(batch).nextEpoch());
    DeferredStore.insert(tx, List.copyOf(waiting.values()));
    ClaimStore.write(tx, touchedClaims);
  }
}
