package io.headgate.engine;

import io.headgate.db.ColumnValues;
import io.headgate.db.Snapshot;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.UUID;

/**
 * Batches and items that a node has to stop.
 *
 * @param batches whole batches, with the time at which their running items are abandoned
 * @param items single items, with theirs
 */
public record StopOrders(Map<UUID, Instant> batches, Map<StoppedItem, Instant> items) {

  /** A single item among all batches. */
  public record StoppedItem(UUID batchId, int ordinal) {}

  public StopOrders {
    batches = Map.copyOf(batches);
    items = Map.copyOf(items);
  }

  private static final String BATCHES =
      "select id, interrupt_due_at from batch where id = any(:ids) and interrupt_due_at is not null";

  private static final String ITEMS =
      "select batch_id, ordinal, due_at from interruption where batch_id = any(:ids)";

  static StopOrders among(Snapshot tx, Collection<UUID> batches) {
    Map<UUID, Instant> whole = new HashMap<>();
    Map<StoppedItem, Instant> single = new HashMap<>();
    tx.query(BATCHES)
        .bind("ids", ColumnValues.uuids(batches))
        .map((row, context) ->
            whole.put(
                row.getObject("id", UUID.class),
                row.getObject("interrupt_due_at", OffsetDateTime.class).toInstant()))
        .list();
    tx.query(ITEMS)
        .bind("ids", ColumnValues.uuids(batches))
        .map((row, context) ->
            single.put(
                new StoppedItem(row.getObject("batch_id", UUID.class), row.getInt("ordinal")),
                row.getObject("due_at", OffsetDateTime.class).toInstant()))
        .list();
    return new StopOrders(whole, single);
  }
}
