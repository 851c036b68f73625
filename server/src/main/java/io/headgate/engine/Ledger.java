package io.headgate.engine;

import io.headgate.batch.BatchState;
import io.headgate.batch.Counts;
import io.headgate.batch.EventKind;
import io.headgate.batch.Ids;
import io.headgate.batch.ItemState;
import io.headgate.batch.Lifecycle;
import io.headgate.batch.Limits;
import io.headgate.credit.Journal;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * The changeable half of a batch row while its lock is held. Every method keeps the conservation
 * law; {@link LedgerStore} writes the outcome back in one guarded statement.
 */
final class Ledger {

  /**
   * The facts that never change, as far as the engine needs them.
   *
   * @param heard words of the events that somebody wants to be told of
   */
  record Facts(
      UUID id,
      UUID account,
      @Nullable Integer accountRunningLimit,
      String processor,
      int priority,
      int total,
      Limits limits,
      long creditsPerItem,
      boolean related,
      Instant createdAt,
      @Nullable Instant startAt,
      Set<String> heard) {}

  final Facts facts;
  final long epoch;
  final int runningAtLock;

  BatchState state;
  boolean paused;
  int cursor;
  int ahead;
  int deferred;
  int running;
  int succeeded;
  int failed;
  int cancelled;
  long journalReserved;
  long journalCharged;
  long journalRefunded;
  @Nullable Instant startedAt;
  @Nullable Instant finishedAt;
  @Nullable Instant cancelledAt;
  @Nullable Long fenceEpoch;
  @Nullable Instant interruptDueAt;
  @Nullable Instant settleDueAt;
  boolean retried;
  private final List<Said> said = new ArrayList<>();

  /** When the earliest deferred item may start; only looked up when nothing else is ready. */
  @Nullable Instant nextDueAt;

  Ledger(Facts facts, long epoch, BatchState state, int running) {
    this.facts = facts;
    this.epoch = epoch;
    this.state = state;
    this.running = running;
    this.runningAtLock = running;
  }

  /** The epoch this transaction writes. */
  long nextEpoch() {
    return epoch + 1;
  }

  /** Items past the cursor that still wait there. */
  int fresh() {
    return facts.total() - cursor - ahead;
  }

  boolean heard(EventKind kind) {
    return facts.heard().contains(kind.word());
  }

  /** Has an event told once this ledger is written. */
  void say(EventKind kind, Instant at, @Nullable Integer ordinal, String data) {
    said.add(new Said(Ids.next(), kind, at, ordinal, data));
  }

  /** What is still to be told; asked again, nothing. */
  List<Said> takeSaid() {
    List<Said> taken = List.copyOf(said);
    said.clear();
    return taken;
  }

  Counts counts() {
    return new Counts(facts.total(), fresh() + deferred, running, succeeded, failed, cancelled);
  }

  /** How many more items may run by the batch's own limits. */
  int capacity() {
    if (paused || !(state == BatchState.PENDING || state == BatchState.RUNNING)) {
      return 0;
    }
    Integer concurrency = facts.limits().concurrency();
    int room = concurrency == null ? Integer.MAX_VALUE : Math.max(0, concurrency - running);
    return Math.min(room, fresh() + deferred);
  }

  void claimed(int fromDeferred, int fromCursor, Instant now) {
    if (fromDeferred + fromCursor == 0) {
      return;
    }
    deferred -= fromDeferred;
    running += fromDeferred + fromCursor;
    apply(new Lifecycle.Event.Started(), now);
    if (startedAt == null) {
      startedAt = now;
      Telling.started(this, now);
    }
  }

  void settledRunning(ItemState outcome) {
    running--;
    count(outcome, 1);
  }

  void settledDeferred(ItemState outcome, int items) {
    deferred -= items;
    count(outcome, items);
  }

  void deferredRunning() {
    running--;
    deferred++;
  }

  /** Items past the cursor that were settled there. */
  void settledAhead(ItemState outcome, int items) {
    ahead += items;
    count(outcome, items);
  }

  private void count(ItemState outcome, int items) {
    switch (outcome) {
      case SUCCEEDED -> succeeded += items;
      case FAILED -> failed += items;
      case CANCELLED -> cancelled += items;
      case PENDING, RUNNING -> throw new IllegalArgumentException("not settled: " + outcome);
    }
  }

  /** Ends the batch if nothing of it waits or runs. True when it ended just now. */
  boolean endIfDrained(Instant now) {
    if (running > 0 || fresh() + deferred > 0 || state.finished()) {
      return false;
    }
    apply(new Lifecycle.Event.Drained(counts()), now);
    return true;
  }

  /**
   * Applies an event of the law.
   *
   * @throws IllegalStateException when the law refuses it: the caller should have asked first
   */
  void apply(Lifecycle.Event event, Instant now) {
    switch (Lifecycle.next(state, event)) {
      case Lifecycle.Transition.Stay() -> {}
      case Lifecycle.Transition.MoveTo(BatchState next) -> {
        state = next;
        finishedAt = next.finished() ? now : null;
      }
      case Lifecycle.Transition.Refused() ->
          throw new IllegalStateException(event + " in state " + state);
    }
  }

  /** Charges not yet in the journal, in credits. */
  private long chargeDue() {
    return facts.creditsPerItem() * succeeded - journalCharged;
  }

  private long stillReserved() {
    return facts.creditsPerItem() * (fresh() + deferred + running);
  }

  /** Refunds not yet in the journal, in credits: what is reserved, not charged and not needed. */
  private long refundDue() {
    return journalReserved - journalRefunded - journalCharged - chargeDue() - stillReserved();
  }

  /** Sets the fence: what waits never starts, what runs is all that is left. */
  void fence(Instant now) {
    cancelled += fresh() + deferred;
    deferred = 0;
    ahead = 0;
    cursor = facts.total();
    fenceEpoch = nextEpoch();
    cancelledAt = now;
    apply(new Lifecycle.Event.Cancelled(running), now);
  }

  /** The failed items wait again, reserved anew for {@code credits}. */
  void retried(int items, long credits) {
    failed -= items;
    deferred += items;
    journalReserved += credits;
    retried = true;
  }

  /** Journals the refund of {@code items}. */
  Journal.Move journalRefund(int items) {
    long refund = facts.creditsPerItem() * items;
    journalRefunded += refund;
    return new Journal.Move(facts.account(), facts.id(), 0, refund);
  }

  /** Journals everything that is due; the caller hands the move to the journal. */
  Journal.Move journalAll() {
    Journal.Move move = new Journal.Move(facts.account(), facts.id(), chargeDue(), refundDue());
    journalCharged += move.charge();
    journalRefunded += move.refund();
    return move;
  }

  /**
   * From when on there is something to claim; null when there is nothing. Depends only on what
   * rarely changes, so that busy batches keep their value.
   */
  @Nullable Instant readyAt() {
    if (capacity() == 0) {
      return null;
    }
    Instant start = facts.startAt() == null ? facts.createdAt() : facts.startAt();
    if (fresh() > 0) {
      return start;
    }
    return nextDueAt == null || nextDueAt.isAfter(start) ? nextDueAt : start;
  }

  boolean readyBy(Instant now) {
    Instant ready = readyAt();
    return ready != null && !ready.isAfter(now);
  }

  /** True when {@link #readyAt} depends on the deferred items. */
  boolean waitsForDeferred() {
    return fresh() == 0 && deferred > 0;
  }
}
