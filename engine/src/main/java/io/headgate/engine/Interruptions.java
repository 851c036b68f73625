package io.headgate.engine;

import io.headgate.batch.AttemptResult;
import io.headgate.db.ColumnValues;
import io.headgate.db.Tx;
import java.time.Instant;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;

/** Single running items that were ordered to stop. */
final class Interruptions {

  private static final String AMONG =
      """
      select i.batch_id, i.ordinal
      from unnest(:batch_ids, :ordinals) as u (batch_id, ordinal)
      join interruption i on i.batch_id = u.batch_id and i.ordinal = u.ordinal
      """;

  private static final String OF_BATCH = "select ordinal from interruption where batch_id = :batch";

  private static final String ADD =
      """
      insert into interruption (batch_id, ordinal, due_at)
      select :batch, ordinal, :due_at from unnest(:ordinals) as u (ordinal)
      on conflict do nothing
      """;

  private Interruptions() {}

  /** The interrupted ones among the settled items; a success is one either way. */
  static Set<ItemDependencies.ItemKey> among(Tx tx, List<AttemptReport> settlements) {
    List<ItemDependencies.ItemKey> keys =
        settlements.stream()
            .filter(settlement -> !(settlement.result() instanceof AttemptResult.AttemptSucceeded))
            .map(settlement ->
                new ItemDependencies.ItemKey(settlement.batchId(), settlement.ordinal()))
            .toList();
    if (keys.isEmpty()) {
      return Set.of();
    }
    return new HashSet<>(
        tx.query(AMONG)
            .bind(
                "batch_ids",
                ColumnValues.uuids(keys.stream().map(ItemDependencies.ItemKey::batchId).toList()))
            .bind(
                "ordinals",
                ColumnValues.ints(
                    keys.stream().mapToInt(ItemDependencies.ItemKey::ordinal).toArray()))
            .map((row, context) ->
                new ItemDependencies.ItemKey(
                    row.getObject("batch_id", UUID.class), row.getInt("ordinal")))
            .list());
  }

  /** The interrupted items of a batch. */
  static Set<ItemDependencies.ItemKey> of(Tx tx, UUID batch) {
    return new HashSet<>(
        tx.query(OF_BATCH)
            .bind("batch", batch)
            .map((row, context) -> new ItemDependencies.ItemKey(batch, row.getInt("ordinal")))
            .list());
  }

  static void add(Tx tx, UUID batch, Collection<Integer> ordinals, Instant dueAt) {
    if (!ordinals.isEmpty()) {
      tx.update(ADD)
          .bind("batch", batch)
          .bind("due_at", dueAt)
          .bind("ordinals", ColumnValues.ints(ordinals.stream().mapToInt(n -> n).toArray()))
          .execute();
    }
  }
}
