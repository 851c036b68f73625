package io.headgate.engine;

import io.headgate.batch.Caller;
import io.headgate.credit.CreditJournal;
import io.headgate.db.ColumnValues;
import io.headgate.db.Signal;
import io.headgate.db.Tx;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.function.ToIntFunction;
import java.util.function.ToLongFunction;
import org.jdbi.v3.core.argument.Argument;
import org.jspecify.annotations.Nullable;

/**
 * The batches that one transaction changes, and the only way to change one: lock them, in the order
 * of their ids; change them; {@link #save} them. Saving ends the batches that are drained, moves
 * their credits, writes the changed rows with their events, and notifies the nodes.
 */
final class LockedBatches {

  private static final String WRITE_IF_EPOCH_UNCHANGED =
      """
      update batch b set
        epoch = b.epoch + 1, state = u.state, paused = u.paused,
        cursor = u.cursor, ahead = u.ahead, deferred = u.deferred, running = u.running,
        succeeded = u.succeeded, failed = u.failed, cancelled = u.cancelled,
        journal_reserved = u.journal_reserved, journal_charged = u.journal_charged,
        journal_refunded = u.journal_refunded,
        started_at = u.started_at, finished_at = u.finished_at, cancelled_at = u.cancelled_at,
        fence_epoch = u.fence_epoch, interrupt_due_at = u.interrupt_due_at,
        settle_due_at = u.settle_due_at, ready_at = u.ready_at, retried = u.retried,
        secret_options = case when u.finished_at is null then b.secret_options end
      from unnest(
        :id, :epoch, :state, :paused, :cursor, :ahead, :deferred, :running,
        :succeeded, :failed, :cancelled, :journal_reserved, :journal_charged, :journal_refunded,
        :started_at::timestamptz[], :finished_at::timestamptz[], :cancelled_at::timestamptz[],
        :fence_epoch::bigint[], :interrupt_due_at::timestamptz[], :settle_due_at::timestamptz[],
        :ready_at::timestamptz[], :retried)
        as u (id, epoch, state, paused, cursor, ahead, deferred, running,
              succeeded, failed, cancelled, journal_reserved, journal_charged, journal_refunded,
              started_at, finished_at, cancelled_at, fence_epoch, interrupt_due_at, settle_due_at,
              ready_at, retried)
      where b.id = u.id and b.epoch = u.epoch
      """;

  private final Tx tx;
  private final Instant now;
  private final Map<UUID, BatchRow> rows;
  private final List<CreditJournal.CreditMove> moves = new ArrayList<>();
  private final Set<Signal> signals = new LinkedHashSet<>();

  private LockedBatches(Tx tx, Map<UUID, BatchRow> batchRows, Instant now) {
    this.tx = tx;
    this.rows = batchRows;
    this.now = now;
  }

  /** Locks these batches in the order of their ids; ids of deleted batches are left out. */
  static LockedBatches lock(Tx tx, Collection<UUID> ids, Instant now) {
    return new LockedBatches(tx, BatchRowReader.lock(tx, ids), now);
  }

  /** Locks one batch; empty when it is deleted. */
  static Optional<LockedBatches> lock(Tx tx, UUID id, Instant now) {
    return Optional.of(lock(tx, List.of(id), now)).filter(locked -> locked.find(id).isPresent());
  }

  /** Locks one batch of the caller's account; empty when that has no such batch. */
  static Optional<LockedBatches> lock(Tx tx, Caller caller, UUID id, Instant now) {
    return lock(tx, id, now)
        .filter(locked -> locked.one().facts.account().equals(caller.account()));
  }

  Tx tx() {
    return tx;
  }

  Instant now() {
    return now;
  }

  Optional<BatchRow> find(UUID id) {
    return Optional.ofNullable(rows.get(id));
  }

  /**
   * @throws IllegalStateException for a batch that is not locked
   */
  BatchRow get(UUID id) {
    return find(id).orElseThrow(() -> new IllegalStateException("Batch " + id + " is not locked."));
  }

  /** The batch, where only one was to be locked. */
  BatchRow one() {
    return rows.values().iterator().next();
  }

  /** The batches that have to be written. */
  List<BatchRow> changed() {
    return rows.values().stream().filter(BatchRow::changed).toList();
  }

  /** Moves credits of a locked batch when it is saved. */
  void journal(CreditJournal.CreditMove move) {
    moves.add(move);
  }

  /** Notifies the nodes once this transaction has committed. */
  void signal(Signal signal) {
    signals.add(signal);
  }

  /** Notifies the watchers of the batch that it has changed, after the commit. */
  void signalChanged(BatchRow batchRow) {
    signal(new Signal.BatchChanged(batchRow.facts.id()));
  }

  /** Reads when deferred items of the changed batches may start, where nothing else is ready. */
  void readEarliestDue() {
    BatchRowReader.readEarliestDue(tx, changed());
  }

  /**
   * Writes everything, as the last step of the transaction.
   *
   * @throws IllegalStateException when a row changed although its lock was held
   */
  void save() {
    finish();
    CreditJournal.settle(tx, moves, now);
    List<BatchRow> rows = changed();
    if (!rows.isEmpty()) {
      BatchRowReader.readEarliestDue(tx, rows);
      write(rows);
      EventWriter.append(tx, rows);
    }
    tx.notify(signals);
  }

  private void finish() {
    for (BatchRow batchRow : changed()) {
      if (batchRow.endIfDrained(now)) {
        journal(batchRow.journalAll());
        signalChanged(batchRow);
        EventRecorder.ended(tx, batchRow, now);
      }
    }
  }

  private void write(List<BatchRow> rows) {
    int written =
        tx.update(WRITE_IF_EPOCH_UNCHANGED)
            .bind("id", ColumnValues.uuids(rows.stream().map(l -> l.facts.id()).toList()))
            .bind("epoch", longs(rows, BatchRow::epoch))
            .bind("state", texts(rows, l -> l.state().text()))
            .bind("paused", flags(rows, BatchRow::paused))
            .bind("cursor", ints(rows, l -> l.items().cursor()))
            .bind("ahead", ints(rows, l -> l.items().ahead()))
            .bind("deferred", ints(rows, l -> l.items().deferred()))
            .bind("running", ints(rows, l -> l.items().running()))
            .bind("succeeded", ints(rows, l -> l.items().succeeded()))
            .bind("failed", ints(rows, l -> l.items().failed()))
            .bind("cancelled", ints(rows, l -> l.items().cancelled()))
            .bind("journal_reserved", longs(rows, l -> l.journaled().reserved()))
            .bind("journal_charged", longs(rows, l -> l.journaled().charged()))
            .bind("journal_refunded", longs(rows, l -> l.journaled().refunded()))
            .bind("started_at", texts(rows, BatchRow::startedAt))
            .bind("finished_at", texts(rows, BatchRow::finishedAt))
            .bind("cancelled_at", texts(rows, l -> l.fence().cancelledAt()))
            .bind("fence_epoch", texts(rows, l -> l.fence().epoch()))
            .bind("interrupt_due_at", texts(rows, l -> l.fence().interruptDueAt()))
            .bind("settle_due_at", texts(rows, l -> l.fence().settleDueAt()))
            .bind("ready_at", texts(rows, BatchRow::readyAt))
            .bind("retried", flags(rows, BatchRow::retried))
            .execute();
    if (written != rows.size()) {
      throw new IllegalStateException(
          "Wrote %d of %d locked batches.".formatted(written, rows.size()));
    }
  }

  private static Argument ints(List<BatchRow> rows, ToIntFunction<BatchRow> value) {
    return ColumnValues.ints(rows.stream().mapToInt(value).toArray());
  }

  private static Argument longs(List<BatchRow> rows, ToLongFunction<BatchRow> value) {
    return ColumnValues.longs(rows.stream().mapToLong(value).toArray());
  }

  private static Argument flags(List<BatchRow> rows, Predicate<BatchRow> value) {
    boolean[] flags = new boolean[rows.size()];
    for (int i = 0; i < flags.length; i++) {
      flags[i] = value.test(rows.get(i));
    }
    return ColumnValues.booleans(flags);
  }

  private static Argument texts(List<BatchRow> rows, Function<BatchRow, @Nullable Object> value) {
    @Nullable String[] texts = new String[rows.size()];
    for (int i = 0; i < texts.length; i++) {
      Object found = value.apply(rows.get(i));
      texts[i] = found == null ? null : found.toString();
    }
    return ColumnValues.texts(texts);
  }
}
