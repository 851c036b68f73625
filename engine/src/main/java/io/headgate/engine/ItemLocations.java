package io.headgate.engine;

import io.headgate.batch.ItemState;
import io.headgate.db.ColumnValues;
import io.headgate.db.Tx;
import java.util.Collection;
import java.util.Map;
import java.util.TreeMap;

/** Finds out where items of a locked batch are. */
final class ItemLocations {

  /** Where an item is. */
  sealed interface ItemLocation {

    ItemState state();

    /** Not yet reached by the cursor, without a row. */
    record AtCursor() implements ItemLocation {
      @Override
      public ItemState state() {
        return ItemState.PENDING;
      }
    }

    /**
     * @param attempt the number of its next attempt
     */
    record DeferredLocation(int attempt) implements ItemLocation {
      @Override
      public ItemState state() {
        return ItemState.PENDING;
      }
    }

    record RunningLocation() implements ItemLocation {
      @Override
      public ItemState state() {
        return ItemState.RUNNING;
      }
    }

    record SettledLocation(ItemState state) implements ItemLocation {}
  }

  private static final String FIND =
      """
      select u.ordinal, d.attempt as next_attempt, r.outcome, c.ordinal is not null as running,
             u.ordinal < :cursor or a.ordinal is not null as left_cursor
      from unnest(:ordinals) as u (ordinal)
      left join deferred d on d.batch_id = :batch and d.ordinal = u.ordinal
      left join ahead a on a.batch_id = :batch and a.ordinal = u.ordinal
      left join (select unnest(ordinals) as ordinal from claim where batch_id = :batch) c
        on c.ordinal = u.ordinal
      left join lateral (
        select outcome from result where batch_id = :batch and ordinal = u.ordinal and final
        order by attempt desc limit 1) r on true
      """;

  private ItemLocations() {}

  static Map<Integer, ItemLocation> locate(Tx tx, BatchRow batchRow, Collection<Integer> ordinals) {
    Map<Integer, ItemLocation> locations = new TreeMap<>();
    if (ordinals.isEmpty()) {
      return locations;
    }
    boolean fenced = batchRow.state().fenced();
    tx.query(FIND)
        .bind("batch", batchRow.facts.id())
        .bind("cursor", batchRow.items().cursor())
        .bind("ordinals", ColumnValues.ints(ordinals.stream().mapToInt(n -> n).toArray()))
        .map((row, context) -> {
          Integer next = row.getObject("next_attempt", Integer.class);
          String outcome = row.getString("outcome");
          ItemLocation location;
          if (row.getBoolean("running")) {
            location = new ItemLocation.RunningLocation();
          } else if (next != null) {
            // What waited at a fence was stopped, also when an earlier run of it had failed.
            location =
                fenced
                    ? new ItemLocation.SettledLocation(ItemState.CANCELLED)
                    : new ItemLocation.DeferredLocation(next);
          } else if (outcome != null) {
            location = new ItemLocation.SettledLocation(ItemState.of(outcome));
          } else if (row.getBoolean("left_cursor")) {
            location = new ItemLocation.SettledLocation(ItemState.CANCELLED);
          } else {
            location = new ItemLocation.AtCursor();
          }
          return locations.put(row.getInt("ordinal"), location);
        })
        .list();
    return locations;
  }
}
