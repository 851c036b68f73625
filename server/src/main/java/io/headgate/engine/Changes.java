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

  private static final String DEFER_FAILED =
      """
      insert into deferred (batch_id, ordinal, attempt, failures, losses, due_at)
      select r.batch_id, r.ordinal, r.attempt + 1, 0, 0, :now
      from result r
      where r.batch_id = :batch and r.final and r.outcome = 'failed'
        and not exists (select from result newer
          where newer.batch_id = r.batch_id and newer.ordinal = r.ordinal and newer.attempt > r.attempt)
        and not exists (select from deferred d
          where d.batch_id = r.batch_id and d.ordinal = r.ordinal)
        and not exists (select from claim c
          where c.batch_id = r.batch_id and r.ordinal = any(c.ordinals))
      """;

  private Changes() {}

  static ChangeResult pause(Tx tx, Caller caller, UUID id, boolean paused) {
    return LedgerStore.lock(tx, caller.account(), id)
        .map(ledger -> pause(tx, ledger, paused))
        .orElseGet(ChangeResult.NoSuchBatch::new);
  }

  private static ChangeResult pause(Tx tx, Ledger ledger, boolean paused) {
    if (ledger.state.finished() || ledger.state.fenced()) {
      return new ChangeResult.AlreadyFinished(ledger.state);
    }
    if (ledger.paused != paused) {
      ledger.paused = paused;
      LedgerStore.write(tx, List.of(ledger));
      tx.notify(List.of(new Signal.Work(), new Signal.Changed(ledger.facts.id())));
    }
    return new ChangeResult.Done(0);
  }

  static ChangeResult retry(Tx tx, Caller caller, UUID id, Instant now) {
    return LedgerStore.lock(tx, caller.account(), id)
        .map(ledger -> retry(tx, ledger, now))
        .orElseGet(ChangeResult.NoSuchBatch::new);
  }

  private static ChangeResult retry(Tx tx, Ledger ledger, Instant now) {
    if (ledger.state.fenced()) {
      return new ChangeResult.AlreadyFinished(ledger.state);
    }
    if (ledger.failed == 0) {
      return new ChangeResult.NothingToDo();
    }
    int items = ledger.failed;
    long needed = ledger.facts.creditsPerItem() * items;
    // What failed while the batch went on is still reserved: it is journaled before it is reserved
    // anew.
    Journal.settle(tx, List.of(ledger.journalAll()), now);
    if (!Journal.reserveIfCovered(tx, ledger.facts.account(), ledger.facts.id(), needed, now)) {
      LedgerStore.write(tx, List.of(ledger));
      return new ChangeResult.InsufficientCredits(
          needed, Journal.available(tx, ledger.facts.account()));
    }
    int deferred =
        tx.update(DEFER_FAILED).bind("batch", ledger.facts.id()).bind("now", now).execute();
    if (deferred != items) {
      throw new IllegalStateException("deferred " + deferred + " of " + items + " failed items");
    }
    ledger.retried(items, needed);
    ledger.apply(new Lifecycle.Event.Retried(), now);
    LedgerStore.write(tx, List.of(ledger));
    tx.notify(List.of(new Signal.Work(), new Signal.Changed(ledger.facts.id())));
    return new ChangeResult.Done(items);
  }
}
