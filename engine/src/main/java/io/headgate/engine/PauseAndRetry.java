package io.headgate.engine;

import io.headgate.batch.Caller;
import io.headgate.credit.CreditJournal;
import io.headgate.db.Signal;
import io.headgate.db.Tx;
import java.time.Instant;
import java.util.List;
import java.util.UUID;

/** Pause, resume, and the retry of failed items in place. */
final class PauseAndRetry {

  /**
   * A parent waits for the children that have not succeeded. One that lost a child to a cancel
   * stays failed, because it would wait forever.
   */
  private static final String DEFER_FAILED =
      """
      with current as (
        select distinct on (r.ordinal) r.ordinal, r.attempt, r.outcome
        from result r where r.batch_id = :batch and r.final
        order by r.ordinal, r.attempt desc),
      failed as (
        select c.ordinal, c.attempt from current c
        where c.outcome = 'failed'
          and not exists (select from deferred d
            where d.batch_id = :batch and d.ordinal = c.ordinal)
          and not exists (select from claim
            where claim.batch_id = :batch and c.ordinal = any(claim.ordinals))),
      children as (
        select r.parent,
          count(*) filter (where c.outcome is distinct from 'succeeded')::int as awaited,
          bool_or(c.outcome is not distinct from 'cancelled') as cancelled
        from item_relation r left join current c on c.ordinal = r.ordinal
        where r.batch_id = :batch
        group by r.parent)
      insert into deferred (batch_id, ordinal, attempt, failures, losses, due_at, blocked_by)
      select :batch, f.ordinal, f.attempt + 1, 0, 0, :now, coalesce(ch.awaited, 0)
      from failed f left join children ch on ch.parent = f.ordinal
      where not coalesce(ch.cancelled, false)
      """;

  /** A retry cancels earlier stop orders, because the item is to run again. */
  private static final String DELETE_INTERRUPTIONS_OF_DEFERRED =
      """
      delete from interruption i using deferred d
      where i.batch_id = :batch and d.batch_id = i.batch_id and d.ordinal = i.ordinal
      """;

  private PauseAndRetry() {}

  static PauseOrRetryResult pause(Tx tx, Caller caller, UUID id, boolean paused, Instant now) {
    return LockedBatches.lock(tx, caller, id, now)
        .map(locked -> pause(locked, paused))
        .orElseGet(PauseOrRetryResult.PauseOrRetryNoSuchBatch::new);
  }

  private static PauseOrRetryResult pause(LockedBatches locked, boolean paused) {
    BatchRow batchRow = locked.one();
    if (batchRow.state().finished() || batchRow.state().fenced()) {
      return new PauseOrRetryResult.PauseAlreadyFinished(batchRow.state());
    }
    if (batchRow.pause(paused)) {
      if (!paused) {
        BatchRates.restart(locked.tx(), batchRow, locked.now());
      }
      saveClaimable(locked);
    }
    return new PauseOrRetryResult.Applied(0);
  }

  /** Anything but {@code Done} must roll its transaction back. */
  static PauseOrRetryResult retry(Tx tx, Caller caller, UUID id, RetryOptions terms, Instant now) {
    return LockedBatches.lock(tx, caller, id, now)
        .map(locked -> retry(locked, terms))
        .orElseGet(PauseOrRetryResult.PauseOrRetryNoSuchBatch::new);
  }

  private static PauseOrRetryResult retry(LockedBatches locked, RetryOptions terms) {
    BatchRow batchRow = locked.one();
    UUID batch = batchRow.facts.id();
    Tx tx = locked.tx();
    if (batchRow.state().fenced()) {
      return new PauseOrRetryResult.PauseAlreadyFinished(batchRow.state());
    }
    if (batchRow.items().failed() == 0) {
      return new PauseOrRetryResult.NothingToRetry();
    }
    int items = tx.update(DEFER_FAILED).bind("batch", batch).bind("now", locked.now()).execute();
    if (items == 0) {
      return new PauseOrRetryResult.NothingToRetry();
    }
    if (terms instanceof RetryOptions.SameSecrets && SecretOptions.hadAnyAndHasNone(tx, batch)) {
      return new PauseOrRetryResult.SecretOptionsErased(batchRow.state());
    }
    tx.update(DELETE_INTERRUPTIONS_OF_DEFERRED).bind("batch", batch).execute();
    long needed = batchRow.facts.creditsPerItem() * items;
    if (!reserveAnew(locked, needed)) {
      return new PauseOrRetryResult.RetryInsufficientCredits(
          needed, CreditJournal.available(tx, batchRow.facts.account()));
    }
    batchRow.retry(items, needed, locked.now());
    BatchRates.restart(tx, batchRow, locked.now());
    saveClaimable(locked);
    if (terms instanceof RetryOptions.NewSecrets(String sealed)) {
      SecretOptions.replace(
          tx, batch, sealed); // after the save: an ended batch has no secret options
    }
    return new PauseOrRetryResult.Applied(items);
  }

  /**
   * What failed while the batch went on is still reserved: the journal gets it before it is
   * reserved anew.
   */
  private static boolean reserveAnew(LockedBatches locked, long credits) {
    BatchRow batchRow = locked.one();
    CreditJournal.settle(locked.tx(), List.of(batchRow.journalAll()), locked.now());
    return CreditJournal.reserveIfCovered(
        locked.tx(), batchRow.facts.account(), batchRow.facts.id(), credits, locked.now());
  }

  private static void saveClaimable(LockedBatches locked) {
    locked.signal(new Signal.WorkAvailable());
    locked.signalChanged(locked.one());
    locked.save();
  }
}
