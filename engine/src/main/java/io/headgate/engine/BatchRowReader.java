package io.headgate.engine;

import io.headgate.batch.Limits;
import io.headgate.db.ColumnValues;
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
import org.jspecify.annotations.Nullable;

/** Reads batch rows: the only mapping of the table's columns to a {@link BatchRow}. */
final class BatchRowReader {

  private static final String READ =
      """
      select id, account_id, processor, priority, total,
             (select running_limit from account where id = batch.account_id) as running_limit,
             concurrency, timeout_ms, max_attempts, backoff_ms, max_backoff_ms,
             credits_per_item, related, created_at, start_at,
             epoch, state, paused, cursor, ahead, deferred, running, succeeded, failed, cancelled,
             journal_reserved, journal_charged, journal_refunded,
             started_at, finished_at, cancelled_at, fence_epoch, interrupt_due_at, settle_due_at, retried,
             (select subscribed_kinds from account where id = batch.account_id)
               as subscribed_by_account,
             (select array_agg(kind) from webhook_endpoint e, unnest(e.events) kind
              where e.batch_id = batch.id and e.state <> 'failed') as subscribed_by_batch
      from batch
      where id = any(:ids)
      order by id
      """;

  private static final String LOCK_IN_ID_ORDER = READ + "for no key update";

  private static final String EARLIEST_DUE =
      """
      select batch_id, min(due_at) as due_at from deferred
      where batch_id = any(:ids) and blocked_by = 0
      group by batch_id
      """;

  private BatchRowReader() {}

  /** Locks these batches and reads them; ids of deleted batches are left out. */
  static SequencedMap<UUID, BatchRow> lock(Tx tx, Collection<UUID> ids) {
    return read(tx, LOCK_IN_ID_ORDER, ids);
  }

  /** Reads these batches without their locks, in the order of their ids: never for changes. */
  static SequencedMap<UUID, BatchRow> read(Snapshot tx, Collection<UUID> ids) {
    return read(tx, READ, ids);
  }

  /** Reads one batch of an account without its lock: for queries, never for changes. */
  static Optional<BatchRow> read(Snapshot tx, UUID account, UUID id) {
    return Optional.ofNullable(read(tx, READ, List.of(id)).get(id))
        .filter(batchRow -> batchRow.facts.account().equals(account));
  }

  private static SequencedMap<UUID, BatchRow> read(Snapshot tx, String sql, Collection<UUID> ids) {
    SequencedMap<UUID, BatchRow> batchRows = new LinkedHashMap<>();
    if (!ids.isEmpty()) {
      tx.query(sql)
          .bind("ids", ColumnValues.uuids(ids))
          .map((row, context) -> new BatchRow(facts(row), row))
          .forEach(batchRow -> batchRows.put(batchRow.facts.id(), batchRow));
    }
    return batchRows;
  }

  /** Reads when the earliest deferred item may start, for those where nothing else is ready. */
  static void readEarliestDue(Tx tx, Collection<BatchRow> batchRows) {
    Map<UUID, BatchRow> waiting = new LinkedHashMap<>();
    for (BatchRow batchRow : batchRows) {
      batchRow.nextDue(null);
      if (batchRow.waitsForDeferred()) {
        waiting.put(batchRow.facts.id(), batchRow);
      }
    }
    if (waiting.isEmpty()) {
      return;
    }
    tx.query(EARLIEST_DUE)
        .bind("ids", ColumnValues.uuids(waiting.keySet()))
        .map((row, context) -> {
          BatchRow batchRow = waiting.get(row.getObject("batch_id", UUID.class));
          if (batchRow != null) {
            batchRow.nextDue(time(row, "due_at"));
          }
          return true;
        })
        .list();
  }

  private static BatchRow.BatchFacts facts(ResultSet row) throws SQLException {
    return new BatchRow.BatchFacts(
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
        subscribedEvents(row));
  }

  private static Set<String> subscribedEvents(ResultSet row) throws SQLException {
    Set<String> words = new HashSet<>();
    for (String column : List.of("subscribed_by_account", "subscribed_by_batch")) {
      Array array = row.getArray(column);
      if (array != null) {
        words.addAll(List.of((String[]) array.getArray()));
      }
    }
    return words;
  }

  static @Nullable Instant time(ResultSet row, String column) throws SQLException {
    OffsetDateTime value = row.getObject(column, OffsetDateTime.class);
    return value == null ? null : value.toInstant();
  }
}
