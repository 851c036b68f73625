package io.headgate.engine;

import io.headgate.batch.Caller;
import io.headgate.batch.Lifecycle;
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
    return LedgerStore.lock(tx, caller.account(), id)
        .map(ledger -> pause(tx, ledger, paused, now))
        .orElseGet(ChangeResult.NoSuchBatch::new);
  }

  private static ChangeResult pause(Tx tx, Ledger ledger, boolean paused, Instant now) {
    if (ledger.state.finished() || ledger.state.fenced()) {
      return new ChangeResult.AlreadyFinished(ledger.state);
    }
    if (ledger.paused != paused) {
      ledger.paused = paused;
      LedgerStore.write(tx, List.of(ledger));
      if (!paused) {
        Rates.begin(tx, ledger, now);
      }
      tx.notify(List.of(new Signal.Work(), new Signal.Changed(ledger.facts.id())));
    }
    return new ChangeResult.Done(0);
  }

  /** Anything but {@code Done} must roll its transaction back. */
  static ChangeResult retry(Tx tx, Caller caller, UUID id, Retrial terms, Instant now) {
    return LedgerStore.lock(tx, caller.account(), id)
        .map(ledger -> retry(tx, ledger, terms, now))
        .orElseGet(ChangeResult.NoSuchBatch::new);
  }

  private static ChangeResult retry(Tx tx, Ledger ledger, Retrial terms, Instant now) {
    if (ledger.state.fenced()) {
      return new ChangeResult.AlreadyFinished(ledger.state);
    }
    if (ledger.failed == 0) {
      return new ChangeResult.NothingToDo();
    }
    int items = tx.update(DEFER_FAILED).bind("batch", ledger.facts.id()).bind("now", now).execute();
    if (items == 0) {
      return new ChangeResult.NothingToDo();
    }
    if (terms instanceof Retrial.AsBefore && Confided.wipedFrom(tx, ledger.facts.id())) {
      return new ChangeResult.NoMoreConfided(ledger.state);
    }
    tx.update(FORGET_INTERRUPTIONS_OF_DEFERRED).bind("batch", ledger.facts.id()).execute();
    long needed = ledger.facts.creditsPerItem() * items;
    // What failed while the batch went on is still reserved: it is journaled before it is reserved
    // anew.
    Journal.settle(tx, List.of(ledger.journalAll()), now);
    if (!Journal.reserveIfCovered(tx, ledger.facts.account(), ledger.facts.id(), needed, now)) {
      return new ChangeResult.InsufficientCredits(
          needed, Journal.available(tx, ledger.facts.account()));
    }
    ledger.retried(items, needed);
    ledger.apply(new Lifecycle.Event.Retried(), now);
    LedgerStore.write(tx, List.of(ledger));
    if (terms instanceof Retrial.With(String sealed)) {
      Confided.replace(tx, ledger.facts.id(), sealed); // an ended batch has nothing confided
    }
    Rates.begin(tx, ledger, now);
    tx.notify(List.of(new Signal.Work(), new Signal.Changed(ledger.facts.id())));
    return new ChangeResult.Done(items);
  }
}
