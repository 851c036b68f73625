package io.headgate.engine;

import io.headgate.batch.ItemState;
import io.headgate.db.ColumnValues;
import io.headgate.db.Tx;
import io.headgate.engine.ResultRow.AttemptOutput;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;

/**
 * Parents wait, deferred, until all their children have succeeded. A child that fails fails its
 * waiting parent; a cancelled one takes its parent and its waiting siblings along.
 */
final class ItemDependencies {

  /** An item among all batches. */
  record ItemKey(UUID batchId, int ordinal) {}

  private static final String BLOCK_PARENTS =
      """
      insert into deferred (batch_id, ordinal, attempt, failures, losses, due_at, blocked_by)
      select batch_id, parent, 1, 0, 0, :now, count(*) from item_relation
      where batch_id = :batch group by batch_id, parent
      """;

  private static final String MARK_PARENTS_AHEAD =
      """
      insert into ahead (batch_id, ordinal)
      select distinct batch_id, parent from item_relation where batch_id = :batch
      """;

  private static final String UNBLOCK_PARENTS =
      """
      update deferred d set blocked_by = d.blocked_by - done.children, due_at = :now
      from (select r.batch_id, r.parent, count(*)::int as children
            from unnest(:batch_ids, :ordinals) as u (batch_id, ordinal)
            join item_relation r on r.batch_id = u.batch_id and r.ordinal = u.ordinal
            group by r.batch_id, r.parent) done
      where d.batch_id = done.batch_id and d.ordinal = done.parent and d.blocked_by > 0
      """;

  private static final String TAKE_WAITING_PARENTS =
      """
      delete from deferred d
      using (select distinct r.batch_id, r.parent
             from unnest(:batch_ids, :ordinals) as u (batch_id, ordinal)
             join item_relation r on r.batch_id = u.batch_id and r.ordinal = u.ordinal) p
      where d.batch_id = p.batch_id and d.ordinal = p.parent and d.blocked_by > 0
      returning d.batch_id, d.ordinal, d.attempt
      """;

  private static final String RELATED_ITEMS =
      """
      select r.ordinal, r.parent from item_relation r
      where r.batch_id = :batch and (r.parent = any(:ordinals) or r.parent in
        (select parent from item_relation where batch_id = :batch and ordinal = any(:ordinals)))
      """;

  private ItemDependencies() {}

  /** Defers the parents of a new batch and returns how many there are. */
  static int blockParents(Tx tx, UUID batch, Instant now) {
    tx.update(MARK_PARENTS_AHEAD).bind("batch", batch).execute();
    return tx.update(BLOCK_PARENTS).bind("batch", batch).bind("now", now).execute();
  }

  /** Unblocks or ends the parents of the items that this transaction settles. */
  static void updateParents(Settler settling, List<ResultRow> rows, LockedBatches locked) {
    Tx tx = locked.tx();
    List<ResultRow> related =
        rows.stream()
            .filter(row -> row.isFinal() && locked.get(row.batchId()).facts.related())
            .toList();
    if (related.isEmpty()) {
      return;
    }
    unblock(tx, locked.now(), with(related, ItemState.SUCCEEDED));
    settleParents(
        settling,
        locked,
        with(related, ItemState.FAILED),
        new AttemptOutput.ErrorReason("child-failed", "an item this one waited for failed"));
    settleParents(
        settling,
        locked,
        with(related, ItemState.CANCELLED),
        new AttemptOutput.ErrorReason(
            "child-cancelled", "an item this one waited for was cancelled"));
  }

  private static List<ResultRow> with(List<ResultRow> rows, ItemState outcome) {
    return rows.stream().filter(row -> row.outcome() == outcome).toList();
  }

  private static void unblock(Tx tx, Instant now, List<ResultRow> children) {
    if (!children.isEmpty()) {
      tx.update(UNBLOCK_PARENTS)
          .bind("now", now)
          .bind("batch_ids", ColumnValues.uuids(children.stream().map(ResultRow::batchId).toList()))
          .bind(
              "ordinals",
              ColumnValues.ints(children.stream().mapToInt(ResultRow::ordinal).toArray()))
          .execute();
    }
  }

  /** Ends the waiting parents with the outcome that all these children have. */
  private static void settleParents(
      Settler settling,
      LockedBatches locked,
      List<ResultRow> children,
      AttemptOutput.ErrorReason error) {
    List<ResultRow> live =
        children.stream().filter(row -> !locked.get(row.batchId()).state().fenced()).toList();
    if (live.isEmpty()) {
      return;
    }
    ItemState outcome = live.getFirst().outcome();
    locked
        .tx()
        .query(TAKE_WAITING_PARENTS)
        .bind("batch_ids", ColumnValues.uuids(live.stream().map(ResultRow::batchId).toList()))
        .bind("ordinals", ColumnValues.ints(live.stream().mapToInt(ResultRow::ordinal).toArray()))
        .map((row, context) -> {
          UUID batch = row.getObject("batch_id", UUID.class);
          settling.endWaiting(batch, row.getInt("ordinal"), row.getInt("attempt"), outcome, error);
          locked.get(batch).changeItems().settleDeferred(outcome, 1);
          return true;
        })
        .list();
  }

  /**
   * The items a cancel of {@code ordinals} reaches besides them: children, the parent, and the
   * parent's other children.
   */
  static Set<Integer> relatedItems(Tx tx, UUID batch, Set<Integer> ordinals) {
    Set<Integer> family = new LinkedHashSet<>();
    tx.query(RELATED_ITEMS)
        .bind("batch", batch)
        .bind("ordinals", ColumnValues.ints(ordinals.stream().mapToInt(n -> n).toArray()))
        .map((row, context) -> {
          family.addAll(List.of(row.getInt("ordinal"), row.getInt("parent")));
          return true;
        })
        .list();
    List<Integer> added = new ArrayList<>(family);
    added.removeAll(ordinals);
    return new LinkedHashSet<>(added);
  }
}
