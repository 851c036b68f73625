package io.headgate.engine;

import io.headgate.db.ColumnValues;
import io.headgate.db.Tx;
import io.headgate.engine.ClaimRow.ClaimedItem;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/** Items that left the cursor and wait. */
final class DeferredStore {

  /** An item that will wait until {@code dueAt}. */
  record NewDeferredItem(UUID batchId, ClaimedItem next, Instant dueAt) {}

  private static final String INSERT =
      """
      insert into deferred (batch_id, ordinal, attempt, failures, losses, due_at)
      select * from unnest(:batch_ids, :ordinals, :attempts, :failures, :losses, :due_ats::timestamptz[])
      """;

  private static final String TAKE_DUE =
      """
      with due as (
        select d.batch_id, d.ordinal
        from unnest(:batch_ids, :shares) as w (batch_id, share)
        cross join lateral (
          select batch_id, ordinal from deferred
          where batch_id = w.batch_id and blocked_by = 0 and due_at <= :now
          order by due_at, ordinal limit w.share) d)
      delete from deferred d using due
      where d.batch_id = due.batch_id and d.ordinal = due.ordinal
      returning d.batch_id, d.ordinal, d.attempt, d.failures, d.losses
      """;

  private DeferredStore() {}

  static void insert(Tx tx, List<NewDeferredItem> rows) {
    if (rows.isEmpty()) {
      return;
    }
    tx.update(INSERT)
        .bind("batch_ids", ColumnValues.uuids(rows.stream().map(NewDeferredItem::batchId).toList()))
        .bind(
            "ordinals",
            ColumnValues.ints(rows.stream().mapToInt(r -> r.next().ordinal()).toArray()))
        .bind(
            "attempts",
            ColumnValues.ints(rows.stream().mapToInt(r -> r.next().attempt()).toArray()))
        .bind(
            "failures",
            ColumnValues.ints(rows.stream().mapToInt(r -> r.next().failures()).toArray()))
        .bind("losses", ColumnValues.ints(rows.stream().mapToInt(r -> r.next().losses()).toArray()))
        .bind(
            "due_ats",
            ColumnValues.instants(
                rows.stream().map(NewDeferredItem::dueAt).toArray(Instant[]::new)))
        .execute();
  }

  /** Takes at most {@code shares} items that are due, the longest due first. */
  static Map<UUID, List<ClaimedItem>> takeDue(Tx tx, Map<UUID, Integer> shares, Instant now) {
    Map<UUID, List<ClaimedItem>> taken = new LinkedHashMap<>();
    if (shares.isEmpty()) {
      return taken;
    }
    tx.query(TAKE_DUE)
        .bind("batch_ids", ColumnValues.uuids(shares.keySet()))
        .bind("shares", ColumnValues.ints(shares.values().stream().mapToInt(n -> n).toArray()))
        .bind("now", now)
        .map((row, context) ->
            taken
                .computeIfAbsent(row.getObject("batch_id", UUID.class), id -> new ArrayList<>())
                .add(
                    new ClaimedItem(
                        row.getInt("ordinal"),
                        row.getInt("attempt"),
                        row.getInt("failures"),
                        row.getInt("losses"))))
        .list();
    return taken;
  }
}
