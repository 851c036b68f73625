package io.headgate.engine;

import io.headgate.batch.BatchState;
import io.headgate.batch.Counts;
import io.headgate.batch.EventKind;
import io.headgate.batch.Ids;
import io.headgate.batch.Lifecycle;
import io.headgate.batch.Limits;
import io.headgate.credit.CreditJournal;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A batch row. {@link LockedBatches} hands it out while it holds the row's lock, and is the only
 * one that writes it back; a row that was read without the lock is for queries only.
 */
final class BatchRow {

  /**
   * The facts that the engine needs and that never change.
   *
   * @param subscribedEvents kinds of events that some webhook subscribes to
   */
  record BatchFacts(
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
      Set<String> subscribedEvents) {}

  final BatchFacts facts;
  private final ItemCounters items;
  private final JournaledCredits journaled;
  private final FenceStatus fence;
  private final long epoch;
  private final int runningAtLock;
  private final boolean finishedAtLock;

  private BatchState state;
  private boolean paused;
  private boolean retried;
  private @Nullable Instant startedAt;
  private @Nullable Instant finishedAt;

  private boolean changed;
  private final List<PendingEvent> pendingEvents = new ArrayList<>();

  /** When the earliest deferred item may start; read only when nothing else is ready. */
  private @Nullable Instant nextDueAt;

  /** The row as it was read; {@link BatchRowReader} selects its columns. */
  BatchRow(BatchFacts facts, ResultSet row) throws SQLException {
    this.facts = facts;
    items = new ItemCounters(row);
    journaled = new JournaledCredits(row);
    fence = new FenceStatus(row);
    epoch = row.getLong("epoch");
    state = BatchState.of(row.getString("state"));
    paused = row.getBoolean("paused");
    retried = row.getBoolean("retried");
    startedAt = BatchRowReader.time(row, "started_at");
    finishedAt = BatchRowReader.time(row, "finished_at");
    runningAtLock = items.running();
    finishedAtLock = finishedAt != null;
  }

  /** True when the row has to be written. */
  boolean changed() {
    return changed;
  }

  /** The epoch this transaction writes. */
  long nextEpoch() {
    return epoch + 1;
  }

  /** The epoch the row was read with. */
  long epoch() {
    return epoch;
  }

  BatchState state() {
    return state;
  }

  boolean paused() {
    return paused;
  }

  boolean retried() {
    return retried;
  }

  /** To be read: the methods of this class change it. */
  JournaledCredits journaled() {
    return journaled;
  }

  /** To be read: the methods of this class change it. */
  FenceStatus fence() {
    return fence;
  }

  @Nullable Instant startedAt() {
    return startedAt;
  }

  @Nullable Instant finishedAt() {
    return finishedAt;
  }

  /** The counters, to be read. */
  ItemCounters items() {
    return items;
  }

  /** The counters, to be changed: the row has to be written. */
  ItemCounters changeItems() {
    changed = true;
    return items;
  }

  Counts counts() {
    return items.counts();
  }

  /** How many more items run than when the row was read. */
  int runningGained() {
    return items.running() - runningAtLock;
  }

  boolean hasSubscriber(EventKind kind) {
    return facts.subscribedEvents().contains(kind.text());
  }

  /** Adds an event that is written with the row. */
  void addEvent(EventKind kind, Instant at, @Nullable Integer ordinal, String data) {
    pendingEvents.add(new PendingEvent(Ids.next(), kind, at, ordinal, data));
  }

  /** Removes and returns the events that are not written yet. */
  List<PendingEvent> takePendingEvents() {
    List<PendingEvent> taken = List.copyOf(pendingEvents);
    pendingEvents.clear();
    return taken;
  }

  /** How many more items may run by the batch's own limits. */
  int capacity() {
    if (paused || !(state == BatchState.PENDING || state == BatchState.RUNNING)) {
      return 0;
    }
    Integer concurrency = facts.limits().concurrency();
    int free = concurrency == null ? Integer.MAX_VALUE : Math.max(0, concurrency - items.running());
    return Math.min(free, items.waiting());
  }

  /** Pauses or resumes; false when the batch is so already. */
  boolean pause(boolean paused) {
    if (this.paused == paused) {
      return false;
    }
    changed = true;
    this.paused = paused;
    return true;
  }

  /**
   * Counts items as running; {@link ItemCounters#moveCursor} has passed those that come from the
   * cursor.
   */
  void claimed(int fromDeferred, int fromCursor, Instant now) {
    items.claim(fromDeferred, fromCursor);
    apply(new Lifecycle.Event.Started(), now);
    if (startedAt == null) {
      startedAt = now;
      EventRecorder.started(this, now);
    }
  }

  /** Ends the batch when nothing of it waits or runs. True when this transaction ends it. */
  boolean endIfDrained(Instant now) {
    if (items.drained() && !state.finished()) {
      apply(new Lifecycle.Event.Drained(counts()), now);
    }
    return !finishedAtLock && finishedAt != null;
  }

  /**
   * @throws IllegalStateException when the lifecycle refuses it; the caller has to check before
   */
  private void apply(Lifecycle.Event event, Instant now) {
    changed = true;
    switch (Lifecycle.next(state, event)) {
      case Lifecycle.Transition.Stay() -> {}
      case Lifecycle.Transition.MoveTo(BatchState next) -> {
        state = next;
        finishedAt = next.finished() ? now : null;
      }
      case Lifecycle.Transition.Refused() ->
          throw new IllegalStateException(
              "Batch %s in state %s refuses %s.".formatted(facts.id(), state, event));
    }
  }

  /**
   * Cancels the batch: no waiting item starts any more.
   *
   * @param promise how long it may take until the running items are settled
   */
  FencePoint fence(Instant now, Duration promise) {
    FencePoint point = new FencePoint(now, nextEpoch(), counts(), items.cursor());
    items.cancelWaiting();
    fence.cancel(nextEpoch(), now, now.plus(promise));
    apply(new Lifecycle.Event.Cancelled(items.running()), now);
    return point;
  }

  /**
   * Orders the running items to stop.
   *
   * @param dueAt when those that still run are abandoned
   * @param settledBy when all of them are settled
   */
  void interrupt(Instant dueAt, Instant settledBy) {
    changed = true;
    fence.interrupt(dueAt, settledBy);
  }

  /** Lets failed items wait again, reserved anew for {@code credits}. */
  void retry(int failed, long credits, Instant now) {
    items.retry(failed);
    retried = true;
    journaled.reserve(credits);
    apply(new Lifecycle.Event.Retried(), now);
  }

  /** Counts the refund of {@code count} items; the caller hands the move to the journal. */
  CreditJournal.CreditMove journalRefund(int count) {
    return journal(0, facts.creditsPerItem() * count);
  }

  /** Counts every charge and refund that is due; the caller hands the move to the journal. */
  CreditJournal.CreditMove journalAll() {
    long charge = facts.creditsPerItem() * items.chargeable() - journaled.charged();
    long stillReserved = facts.creditsPerItem() * (items.waiting() + items.running());
    return journal(charge, journaled.open() - charge - stillReserved);
  }

  private CreditJournal.CreditMove journal(long charge, long refund) {
    changed = true;
    journaled.charge(charge);
    journaled.refund(refund);
    return new CreditJournal.CreditMove(facts.account(), facts.id(), charge, refund);
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
    if (items.atCursor() > 0) {
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
    return items.atCursor() == 0 && items.deferred() > 0;
  }

  /** Sets when the earliest deferred item may start; null when none has a time. */
  void nextDue(@Nullable Instant at) {
    nextDueAt = at;
  }
}
