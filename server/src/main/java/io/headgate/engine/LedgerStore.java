package io.headgate.engine;

import io.headgate.batch.BatchState;
import io.headgate.batch.Limits;
import io.headgate.db.Column;
import io.headgate.db.Snapshot;
import io.headgate.db.Tx;
import java.sql.Array;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.Collection;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.Set;
import java.util.UUID;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.function.ToIntFunction;
import java.util.function.ToLongFunction;
import org.jdbi.v3.core.argument.Argument;
import org.jspecify.annotations.Nullable;

/** Locks batch rows, always in the order of their ids, and writes them back. */
final class LedgerStore {

  private static final String READ =
      """
      select id, account_id, processor, priority, total,
             (select running_limit from account where id = batch.account_id) as running_limit,
             concurrency, timeout_ms, max_attempts, backoff_ms, max_backoff_ms,
             credits_per_item, related, created_at, start_at,
             epoch, state, paused, cursor, ahead, deferred, running, succeeded, failed, cancelled,
             journal_reserved, journal_charged, journal_refunded,
             started_at, finished_at, cancelled_at, fence_epoch, interrupt_due_at, settle_due_at, retried,
             (select listened_kinds from account where id = batch.account_id) as listened_by_account,
             (select array_agg(kind) from webhook_endpoint e, unnest(e.events) kind
              where e.batch_id = batch.id and e.state <> 'failed') as listened_by_batch
      from batch
      where id = any(:ids)
      order by id
      """;

  private static final String LOCK_IN_ID_ORDER = READ + "for no key update";

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

  private static final String EARLIEST_DUE =
      """
      select batch_id, min(due_at) as due_at from deferred
      where batch_id = any(:ids) and blocked_by = 0
      group by batch_id
      """;

  private LedgerStore() {}

  /** Locks these batches and reads them; ids that are gone are left out. */
  static SequencedMap<UUID, Ledger> lock(Tx tx, Collection<UUID> ids) {
    return read(tx, LOCK_IN_ID_ORDER, ids);
  }

  /** Reads these batches without their locks, in the order of their ids: never for changes. */
  static SequencedMap<UUID, Ledger> read(Snapshot tx, Collection<UUID> ids) {
    return read(tx, READ, ids);
  }

  private static SequencedMap<UUID, Ledger> read(Snapshot tx, String sql, Collection<UUID> ids) {
    SequencedMap<UUID, Ledger> ledgers = new LinkedHashMap<>();
    if (!ids.isEmpty()) {
      tx.query(sql)
          .bind("ids", Column.uuids(ids))
          .map((row, context) -> read(row))
          .forEach(ledger -> ledgers.put(ledger.facts.id(), ledger));
    }
    return ledgers;
  }

  /** Locks one batch of an account; empty when there is none. */
  static Optional<Ledger> lock(Tx tx, UUID account, UUID id) {
    return ofAccount(account, lock(tx, List.of(id)).get(id));
  }

  /** Reads one batch of an account without its lock: for answers, never for changes. */
  static Optional<Ledger> read(Snapshot tx, UUID account, UUID id) {
    return ofAccount(account, read(tx, READ, List.of(id)).get(id));
  }

  private static Optional<Ledger> ofAccount(UUID account, @Nullable Ledger ledger) {
    return Optional.ofNullable(ledger).filter(l -> l.facts.account().equals(account));
  }

  /**
   * Writes locked batches back, each with its next epoch, and what they have said.
   *
   * @throws IllegalStateException when a row changed although its lock was held
   */
  static void write(Tx tx, Collection<Ledger> ledgers) {
    if (ledgers.isEmpty()) {
      return;
    }
    findEarliestDue(tx, ledgers);
    List<Ledger> rows = List.copyOf(ledgers);
    int written =
        tx.update(WRITE_IF_EPOCH_UNCHANGED)
            .bind("id", Column.uuids(rows.stream().map(l -> l.facts.id()).toList()))
            .bind("epoch", longs(rows, l -> l.epoch))
            .bind(
                "state",
                Column.texts(rows.stream().map(l -> l.state.word()).toArray(String[]::new)))
            .bind("paused", flags(rows, l -> l.paused))
            .bind("cursor", ints(rows, l -> l.cursor))
            .bind("ahead", ints(rows, l -> l.ahead))
            .bind("deferred", ints(rows, l -> l.deferred))
            .bind("running", ints(rows, l -> l.running))
            .bind("succeeded", ints(rows, l -> l.succeeded))
            .bind("failed", ints(rows, l -> l.failed))
            .bind("cancelled", ints(rows, l -> l.cancelled))
            .bind("journal_reserved", longs(rows, l -> l.journalReserved))
            .bind("journal_charged", longs(rows, l -> l.journalCharged))
            .bind("journal_refunded", longs(rows, l -> l.journalRefunded))
            .bind("started_at", times(rows, l -> l.startedAt))
            .bind("finished_at", times(rows, l -> l.finishedAt))
            .bind("cancelled_at", times(rows, l -> l.cancelledAt))
            .bind("fence_epoch", texts(rows, l -> l.fenceEpoch))
            .bind("interrupt_due_at", times(rows, l -> l.interruptDueAt))
            .bind("settle_due_at", times(rows, l -> l.settleDueAt))
            .bind("ready_at", times(rows, Ledger::readyAt))
            .bind("retried", flags(rows, l -> l.retried))
            .execute();
    if (written != rows.size()) {
      throw new IllegalStateException(
          "wrote " + written + " of " + rows.size() + " locked batches");
    }
    Outbox.append(tx, rows);
  }

  /** Looks up when the earliest deferred item may start, for those where nothing else is ready. */
  static void findEarliestDue(Tx tx, Collection<Ledger> ledgers) {
    Map<UUID, Ledger> waiting = new LinkedHashMap<>();
    for (Ledger ledger : ledgers) {
      ledger.nextDueAt = null;
      if (ledger.waitsForDeferred()) {
        waiting.put(ledger.facts.id(), ledger);
      }
    }
    if (waiting.isEmpty()) {
      return;
    }
    tx.query(EARLIEST_DUE)
        .bind("ids", Column.uuids(waiting.keySet()))
        .map((row, context) -> {
          Ledger ledger = waiting.get(row.getObject("batch_id", UUID.class));
          if (ledger != null) {
            ledger.nextDueAt = time(row, "due_at");
          }
          return true;
        })
        .list();
  }

  private static Ledger read(ResultSet row) throws SQLException {
    Ledger ledger =
        new Ledger(
            facts(row),
            row.getLong("epoch"),
            BatchState.of(row.getString("state")),
            row.getInt("running"));
    ledger.paused = row.getBoolean("paused");
    ledger.cursor = row.getInt("cursor");
    ledger.ahead = row.getInt("ahead");
    ledger.deferred = row.getInt("deferred");
    ledger.succeeded = row.getInt("succeeded");
    ledger.failed = row.getInt("failed");
    ledger.cancelled = row.getInt("cancelled");
    ledger.journalReserved = row.getLong("journal_reserved");
    ledger.journalCharged = row.getLong("journal_charged");
    ledger.journalRefunded = row.getLong("journal_refunded");
    ledger.startedAt = time(row, "started_at");
    ledger.finishedAt = time(row, "finished_at");
    ledger.cancelledAt = time(row, "cancelled_at");
    ledger.fenceEpoch = row.getObject("fence_epoch", Long.class);
    ledger.interruptDueAt = time(row, "interrupt_due_at");
    ledger.settleDueAt = time(row, "settle_due_at");
    ledger.retried = row.getBoolean("retried");
    return ledger;
  }

  private static Ledger.Facts facts(ResultSet row) throws SQLException {
    return new Ledger.Facts(
        row.getObject("id", UUID.class),
        row.getObject("account_id", UUID.class),
        row.getObject("running_limit", Integer.class),
        row.getString("processor"),
        row.getInt("priority"),
        row.getInt("total"),
        new Limits(
            row.getObject("concurrency", Integer.class),
            Duration.ofMillis(row.getLong("timeout_ms")),
            row.getInt("max_attempts"),
            Duration.ofMillis(row.getLong("backoff_ms")),
            Duration.ofMillis(row.getLong("max_backoff_ms"))),
        row.getLong("credits_per_item"),
        row.getBoolean("related"),
        row.getObject("created_at", OffsetDateTime.class).toInstant(),
        time(row, "start_at"),
        heard(row));
  }

  private static Set<String> heard(ResultSet row) throws SQLException {
    Set<String> words = new HashSet<>();
    for (String column : List.of("listened_by_account", "listened_by_batch")) {
      Array array = row.getArray(column);
      if (array != null) {
        words.addAll(List.of((String[]) array.getArray()));
      }
    }
    return words;
  }

  private static @Nullable Instant time(ResultSet row, String column) throws SQLException {
    OffsetDateTime value = row.getObject(column, OffsetDateTime.class);
    return value == null ? null : value.toInstant();
  }

  private static Argument ints(List<Ledger> rows, ToIntFunction<Ledger> value) {
    return Column.ints(rows.stream().mapToInt(value).toArray());
  }

  private static Argument longs(List<Ledger> rows, ToLongFunction<Ledger> value) {
    return Column.longs(rows.stream().mapToLong(value).toArray());
  }

  private static Argument flags(List<Ledger> rows, Predicate<Ledger> value) {
    boolean[] flags = new boolean[rows.size()];
    for (int i = 0; i < flags.length; i++) {
      flags[i] = value.test(rows.get(i));
    }
    return Column.flags(flags);
  }

  private static Argument texts(List<Ledger> rows, Function<Ledger, @Nullable Object> value) {
    @Nullable String[] texts = new String[rows.size()];
    for (int i = 0; i < texts.length; i++) {
      Object found = value.apply(rows.get(i));
      texts[i] = found == null ? null : found.toString();
    }
    return Column.texts(texts);
  }

  private static Argument times(List<Ledger> rows, Function<Ledger, @Nullable Object> value) {
    return texts(rows, value);
  }
}
