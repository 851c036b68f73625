package io.headgate.engine;

import io.headgate.batch.Caller;
import io.headgate.credit.Journal;
import io.headgate.db.Signal;
import io.headgate.db.Tx;
import java.time.Instant;
import java.util.List;
import java.util.UUID;

/** Pause, resume, and the retry of failed items in place. */
final class Changes {

  /**
   * A parent waits for the children that have not succeeded. One that lost a child to a cancel
   * stays failed: it would wait for ever.
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

  /** Whoever retries an item wants it to run: an earlier order to stop it is void. */
  private static final String FORGET_INTERRUPTIONS_OF_DEFERRED =
      """
      delete from interruption i using deferred d
      where i.batch_id = :batch and d.batch_id = i.batch_id and d.ordinal = i.ordinal
      """;

  private Changes() {}

  static ChangeResult pause(Tx tx, Caller caller, UUID id, boolean paused, Instant now) {
    return Locked.lock(tx, caller, id, now)
        .map(locked -> pause(locked, paused))
        .orElseGet(ChangeResult.NoSuchBatch::new);
  }

  private static ChangeResult pause(Locked locked, boolean paused) {
    Ledger ledger = locked.one();
    if (ledger.state().finished() || ledger.state().fenced()) {
      return new ChangeResult.AlreadyFinished(ledger.state());
    }
    if (ledger.pause(paused)) {
      if (!paused) {
        Rates.begin(locked.tx(), ledger, locked.now());
      }
      saveClaimable(locked);
    }
    return new ChangeResult.Done(0);
  }

  /** Anything but {@code Done} must roll its transaction back. */
  static ChangeResult retry(Tx tx, Caller caller, UUID id, Retrial terms, Instant now) {
    return Locked.lock(tx, caller, id, now)
        .map(locked -> retry(locked, terms))
        .orElseGet(ChangeResult.NoSuchBatch::new);
  }

  private static ChangeResult retry(Locked locked, Retrial terms) {
    Ledger ledger = locked.one();
    UUID batch = ledger.facts.id();
    Tx tx = locked.tx();
    if (ledger.state().fenced()) {
      return new ChangeResult.AlreadyFinished(ledger.state());
    }
    if (ledger.items().failed() == 0) {
      return new ChangeResult.NothingToDo();
    }
    int items = tx.update(DEFER_FAILED).bind("batch", batch).bind("now", locked.now()).execute();
    if (items == 0) {
      return new ChangeResult.NothingToDo();
    }
    if (terms instanceof Retrial.AsBefore && SecretOptions.hadAnyAndHasNone(tx, batch)) {
      return new ChangeResult.NoMoreConfided(ledger.state());
    }
    tx.update(FORGET_INTERRUPTIONS_OF_DEFERRED).bind("batch", batch).execute();
    long needed = ledger.facts.creditsPerItem() * items;
    if (!reserveAnew(locked, needed)) {
      return new ChangeResult.InsufficientCredits(
          needed, Journal.available(tx, ledger.facts.account()));
    }
    ledger.retry(items, needed, locked.now());
    Rates.begin(tx, ledger, locked.now());
    saveClaimable(locked);
    if (terms instanceof Retrial.With(String sealed)) {
      SecretOptions.replace(tx, batch, sealed); // after the save: an ended batch has nothing confided
    }
    return new ChangeResult.Done(items);
  }

  /**
   * What failed while the batch went on is still reserved: the journal gets it before it is
   * reserved anew.
   */
  private static boolean reserveAnew(Locked locked, long credits) {
    Ledger ledger = locked.one();
    Journal.settle(locked.tx(), List.of(ledger.journalAll()), locked.now());
    return Journal.reserveIfCovered(
        locked.tx(), ledger.facts.account(), ledger.facts.id(), credits, locked.now());
  }

  private static void saveClaimable(Locked locked) {
    locked.signal(new Signal.WorkAvailable());
    locked.signalChanged(locked.one());
    locked.save();
  }
}
