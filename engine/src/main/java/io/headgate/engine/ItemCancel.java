package io.headgate.engine;

import io.headgate.batch.CancelMode;
import io.headgate.batch.ItemRefs;
import io.headgate.batch.ItemState;
import io.headgate.db.ColumnValues;
import io.headgate.db.Signal;
import io.headgate.db.Tx;
import io.headgate.engine.ItemLocations.ItemLocation;
import io.headgate.engine.ItemsCancelResult.Skipped;
import io.headgate.engine.ResultRow.AttemptOutput;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.random.RandomGenerator;

/** The cancel of single items: waiting ones are settled at once, with their waiting relatives. */
final class ItemCancel {

  private static final AttemptOutput.ErrorReason CANCELLED =
      new AttemptOutput.ErrorReason("cancelled", "cancelled singly");

  private static final String BY_REF =
      "select ordinal, ref from item where batch_id = :batch and ref = any(:refs)";

  private static final String MARK_AHEAD =
      "insert into ahead (batch_id, ordinal) select :batch, unnest(:ordinals)";

  private static final String TAKE_DEFERRED =
      "delete from deferred where batch_id = :batch and ordinal = any(:ordinals)";

  private final LockedBatches locked;
  private final BatchRow batchRow;
  private final Settler settling;

  private ItemCancel(LockedBatches locked, RandomGenerator random) {
    this.locked = locked;
    this.batchRow = locked.one();
    this.settling = new Settler(locked, Set.of(), random);
  }

  /** Cancels items of a locked batch. */
  static ItemsCancelResult cancel(
      LockedBatches locked, ItemRefs items, CancelOrder order, RandomGenerator random) {
    BatchRow batchRow = locked.one();
    if (batchRow.state().finished()) {
      return new ItemsCancelResult.ItemsAlreadyFinished(batchRow.state());
    }
    Set<Integer> requested = new TreeSet<>(items.ordinals());
    List<String> unknown = resolve(locked.tx(), batchRow, items, requested);
    return unknown.isEmpty()
        ? new ItemCancel(locked, random).run(requested, order)
        : new ItemsCancelResult.NoSuchItems(unknown);
  }

  private static List<String> resolve(
      Tx tx, BatchRow batchRow, ItemRefs items, Set<Integer> ordinals) {
    List<String> unknown = new ArrayList<>();
    for (int ordinal : items.ordinals()) {
      if (ordinal < 0 || ordinal >= batchRow.facts.total()) {
        unknown.add(Integer.toString(ordinal));
      }
    }
    Set<String> refs = new TreeSet<>(items.refs());
    if (!refs.isEmpty()) {
      tx.query(BY_REF)
          .bind("batch", batchRow.facts.id())
          .bind("refs", ColumnValues.texts(refs.toArray(String[]::new)))
          .map((row, context) -> {
            refs.remove(row.getString("ref"));
            return ordinals.add(row.getInt("ordinal"));
          })
          .list();
    }
    unknown.addAll(refs);
    return unknown;
  }

  private ItemsCancelResult run(Set<Integer> requested, CancelOrder order) {
    Map<Integer, ItemLocation> locations = ItemLocations.locate(locked.tx(), batchRow, requested);
    Set<Integer> cancelled = new TreeSet<>(waiting(locations));
    if (batchRow.facts.related() && !cancelled.isEmpty()) {
      Set<Integer> family =
          ItemDependencies.relatedItems(locked.tx(), batchRow.facts.id(), cancelled);
      Map<Integer, ItemLocation> relatives = ItemLocations.locate(locked.tx(), batchRow, family);
      locations.putAll(relatives);
      cancelled.addAll(waiting(relatives));
    }
    settleWaiting(locations, cancelled);
    locked.journal(batchRow.journalRefund(cancelled.size()));
    List<Integer> running = interrupt(locations, requested, order);
    settling.write();
    locked.signalChanged(batchRow);
    locked.save();
    return new ItemsCancelResult.ItemsCancelled(
        List.copyOf(cancelled),
        skipped(locations, requested, cancelled, running),
        cancelled.size() * batchRow.facts.creditsPerItem());
  }

  private static Set<Integer> waiting(Map<Integer, ItemLocation> locations) {
    Set<Integer> waiting = new LinkedHashSet<>();
    locations.forEach((ordinal, place) -> {
      if (place instanceof ItemLocation.AtCursor
          || place instanceof ItemLocation.DeferredLocation) {
        waiting.add(ordinal);
      }
    });
    return waiting;
  }

  private void settleWaiting(Map<Integer, ItemLocation> locations, Set<Integer> ordinals) {
    List<Integer> fresh = new ArrayList<>();
    List<Integer> deferred = new ArrayList<>();
    for (int ordinal : ordinals) {
      int attempt = 1;
      if (locations.get(ordinal) instanceof ItemLocation.DeferredLocation(int next)) {
        attempt = next;
        deferred.add(ordinal);
      } else {
        fresh.add(ordinal);
      }
      settling.endWaiting(batchRow.facts.id(), ordinal, attempt, ItemState.CANCELLED, CANCELLED);
    }
    expect(fresh, MARK_AHEAD);
    expect(deferred, TAKE_DEFERRED);
    batchRow.changeItems().settleAhead(ItemState.CANCELLED, fresh.size());
    batchRow.changeItems().settleDeferred(ItemState.CANCELLED, deferred.size());
  }

  private void expect(List<Integer> ordinals, String sql) {
    if (ordinals.isEmpty()) {
      return;
    }
    int rows =
        locked
            .tx()
            .update(sql)
            .bind("batch", batchRow.facts.id())
            .bind("ordinals", ColumnValues.ints(ordinals.stream().mapToInt(n -> n).toArray()))
            .execute();
    if (rows != ordinals.size()) {
      throw new IllegalStateException("Moved %d of %d items.".formatted(rows, ordinals.size()));
    }
  }

  private List<Integer> interrupt(
      Map<Integer, ItemLocation> locations, Set<Integer> requested, CancelOrder order) {
    if (order.mode() == CancelMode.DRAIN) {
      return List.of();
    }
    List<Integer> running =
        requested.stream()
            .filter(ordinal -> locations.get(ordinal) instanceof ItemLocation.RunningLocation)
            .toList();
    Interruptions.add(locked.tx(), batchRow.facts.id(), running, locked.now().plus(order.grace()));
    if (!running.isEmpty()) {
      locked.signal(new Signal.InterruptRequested(batchRow.facts.id()));
    }
    return running;
  }

  private static List<Skipped> skipped(
      Map<Integer, ItemLocation> locations,
      Set<Integer> requested,
      Set<Integer> cancelled,
      List<Integer> interrupted) {
    Map<Integer, Skipped> skipped = new TreeMap<>();
    for (int ordinal : requested) {
      if (!cancelled.contains(ordinal)) {
        ItemState state = locations.getOrDefault(ordinal, new ItemLocation.AtCursor()).state();
        skipped.put(
            ordinal, new Skipped(ordinal, state, reason(state, interrupted.contains(ordinal))));
      }
    }
    return List.copyOf(skipped.values());
  }

  private static String reason(ItemState state, boolean interrupted) {
    return switch (state) {
      case RUNNING ->
          interrupted
              ? "item is running and already has an order to stop"
              : "item is already in progress";
      case SUCCEEDED -> "item has already succeeded";
      case FAILED -> "item has already failed";
      case CANCELLED -> "item is already cancelled";
      case PENDING -> "item is waiting";
    };
  }
}
