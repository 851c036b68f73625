package io.headgate.engine;

import io.headgate.batch.BatchState;
import io.headgate.batch.Caller;
import io.headgate.batch.CancelMode;
import io.headgate.batch.Counts;
import io.headgate.credit.Journal;
import io.headgate.db.Signal;
import io.headgate.db.Snapshot;
import io.headgate.db.Tx;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/**
 * The cancel of a batch. One transaction on the batch row: a claim that committed first is running
 * by definition, one that comes later sees the fence and gets nothing. No item row is touched, so
 * it costs the same at any size.
 */
final class Fence {

  /** How long a settlement may take beyond what its items were given: one lease and a sweep. */
  private final Duration slack;

  Fence(Duration slack) {
    this.slack = slack;
  }

  CancelResult cancel(Tx tx, Caller caller, UUID id, CancelOrder order, Instant now) {
    Optional<Ledger> found = LedgerStore.lock(tx, caller.account(), id);
    if (found.isEmpty()) {
      // Retention takes a batch, never its receipt.
      return Receipts.find(tx, caller.account(), id)
          .<CancelResult>map(receipt -> new CancelResult.Fenced(receipt, false))
          .orElseGet(CancelResult.NoSuchBatch::new);
    }
    Ledger ledger = found.get();
    return switch (ledger.state) {
      case PENDING, RUNNING -> new CancelResult.Fenced(fence(tx, ledger, caller, order, now), true);
      case CANCELLING, CANCELLED -> {
        escalate(tx, ledger, order, now);
        yield new CancelResult.Fenced(Receipts.body(tx, id), false);
      }
      case COMPLETED, PARTIAL, FAILED -> new CancelResult.AlreadyFinished(ledger.state);
    };
  }

  private String fence(Tx tx, Ledger ledger, Caller caller, CancelOrder order, Instant now) {
    int cursor = ledger.cursor;
    Counts before = ledger.counts();
    ledger.fence(now);
    ledger.settleDueAt = now.plus(promise(ledger, order)).plus(slack);
    if (order.mode() == CancelMode.INTERRUPT && ledger.running > 0) {
      ledger.interruptDueAt = now.plus(order.grace());
    }
    String body =
        Receipts.write(tx, new Receipts.Draft(ledger, before, cursor, caller, order, now));
    Telling.fenced(ledger, body, now);
    Journal.settle(tx, List.of(ledger.journalRefund(before.pending())), now);
    if (ledger.state == BatchState.CANCELLED) {
      Journal.settle(tx, List.of(ledger.journalAll()), now);
      Telling.ended(tx, ledger, now);
    }
    LedgerStore.write(tx, List.of(ledger));
    tx.notify(signals(ledger));
    return body;
  }

  private static Duration promise(Ledger ledger, CancelOrder order) {
    if (ledger.running == 0) {
      return Duration.ZERO;
    }
    return switch (order.mode()) {
      case DRAIN -> ledger.facts.limits().timeout();
      case INTERRUPT -> order.grace();
    };
  }

  /** Interrupt asked of a batch that drains: its running items are told to stop after all. */
  private void escalate(Tx tx, Ledger ledger, CancelOrder order, Instant now) {
    boolean drains = ledger.state == BatchState.CANCELLING && ledger.interruptDueAt == null;
    if (drains && order.mode() == CancelMode.INTERRUPT) {
      ledger.interruptDueAt = now.plus(order.grace());
      ledger.settleDueAt = ledger.interruptDueAt.plus(slack);
      LedgerStore.write(tx, List.of(ledger));
      tx.notify(signals(ledger));
    }
  }

  private static List<Signal> signals(Ledger ledger) {
    Signal changed = new Signal.Changed(ledger.facts.id());
    return ledger.interruptDueAt == null
        ? List.of(changed)
        : List.of(changed, new Signal.Interrupt(ledger.facts.id()));
  }

  static Preview preview(Snapshot tx, Caller caller, UUID id) {
    Optional<Ledger> found = LedgerStore.read(tx, caller.account(), id);
    if (found.isEmpty()) {
      return new Preview.NoSuchBatch();
    }
    Ledger ledger = found.get();
    return switch (ledger.state) {
      case PENDING, RUNNING, CANCELLING, CANCELLED -> {
        int stops = ledger.fresh() + ledger.deferred;
        yield new Preview.WouldStop(
            stops, ledger.running, stops * ledger.facts.creditsPerItem(), ledger.state);
      }
      case COMPLETED, PARTIAL, FAILED -> new Preview.AlreadyFinished(ledger.state);
    };
  }
}
