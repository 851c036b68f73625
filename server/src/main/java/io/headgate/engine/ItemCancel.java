package io.headgate.engine;

import io.headgate.batch.Caller;
import io.headgate.batch.CancelMode;
import io.headgate.batch.ItemRefs;
import io.headgate.batch.ItemState;
import io.headgate.credit.Journal;
import io.headgate.db.Column;
import io.headgate.db.Signal;
import io.headgate.db.Tx;
import io.headgate.engine.ItemPlaces.Place;
import io.headgate.engine.ItemsCancelResult.Skipped;
import io.headgate.engine.ResultRow.What;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.UUID;
import java.util.random.RandomGenerator;

/** The cancel of single items: waiting ones are settled at once, with their waiting relatives. */
final class ItemCancel {

  private static final What.Reason CANCELLED = new What.Reason("cancelled", "cancelled singly");

  private static final String BY_REF =
      "select ordinal, ref from item where batch_id = :batch and ref = any(:refs)";

  private static final String MARK_AHEAD =
      "insert into ahead (batch_id, ordinal) select :batch, unnest(:ordinals)";

  private static final String TAKE_DEFERRED =
      "delete from deferred where batch_id = :batch and ordinal = any(:ordinals)";

  private final Tx tx;
  private final Ledger ledger;
  private final Settling settling;

  private ItemCancel(Tx tx, Ledger ledger, Settling settling) {
    this.tx = tx;
    this.ledger = ledger;
    this.settling = settling;
  }

  static ItemsCancelResult cancel(Tx tx, Caller caller, UUID batch, ItemRefs items, Order order) {
    Optional<Ledger> found = LedgerStore.lock(tx, caller.account(), batch);
    if (found.isEmpty()) {
      return new ItemsCancelResult.NoSuchBatch();
    }
    Ledger ledger = found.get();
    if (ledger.state.finished()) {
      return new ItemsCancelResult.AlreadyFinished(ledger.state);
    }
    Set<Integer> asked = new TreeSet<>(items.ordinals());
    List<String> unknown = resolve(tx, ledger, items, asked);
    if (!unknown.isEmpty()) {
      return new ItemsCancelResult.NoSuchItems(unknown);
    }
    Locked locked = Locked.of(ledger);
    Settling settling = new Settling(locked, Set.of(), order.now(), order.random());
    ItemsCancelResult result = new ItemCancel(tx, ledger, settling).run(asked, order.order());
    settling.write(tx);
    Exchange.finish(tx, List.of(ledger), order.now());
    LedgerStore.write(tx, List.of(ledger));
    tx.notify(new Signal.Changed(batch));
    return result;
  }

  /** How, when, and the jitter of whatever follows. */
  record Order(CancelOrder order, Instant now, RandomGenerator random) {}

  private static List<String> resolve(Tx tx, Ledger ledger, ItemRefs items, Set<Integer> ordinals) {
    List<String> unknown = new ArrayList<>();
    for (int ordinal : items.ordinals()) {
      if (ordinal < 0 || ordinal >= ledger.facts.total()) {
        unknown.add(Integer.toString(ordinal));
      }
    }
    Set<String> refs = new TreeSet<>(items.refs());
    if (!refs.isEmpty()) {
      tx.query(BY_REF)
          .bind("batch", ledger.facts.id())
          .bind("refs", Column.texts(refs.toArray(String[]::new)))
          .map((row, context) -> {
            refs.remove(row.getString("ref"));
            return ordinals.add(row.getInt("ordinal"));
          })
          .list();
    }
    unknown.addAll(refs);
    return unknown;
  }

  private ItemsCancelResult run(Set<Integer> asked, CancelOrder order) {
    UUID batch = ledger.facts.id();
    Map<Integer, Place> places = ItemPlaces.find(tx, ledger, asked);
    Set<Integer> cancelled = new TreeSet<>(waiting(places));
    if (ledger.facts.related() && !cancelled.isEmpty()) {
      Set<Integer> family = Relatives.family(tx, batch, cancelled);
      Map<Integer, Place> relatives = ItemPlaces.find(tx, ledger, family);
      places.putAll(relatives);
      cancelled.addAll(waiting(relatives));
    }
    settleWaiting(places, cancelled);
    Journal.settle(tx, List.of(ledger.journalRefund(cancelled.size())), settling.now());
    List<Integer> running = interrupt(places, asked, order);
    return new ItemsCancelResult.Done(
        List.copyOf(cancelled),
        skipped(places, asked, cancelled, running),
        cancelled.size() * ledger.facts.creditsPerItem());
  }

  private static Set<Integer> waiting(Map<Integer, Place> places) {
    Set<Integer> waiting = new LinkedHashSet<>();
    places.forEach((ordinal, place) -> {
      if (place instanceof Place.Fresh || place instanceof Place.Deferred) {
        waiting.add(ordinal);
      }
    });
    return waiting;
  }

  private void settleWaiting(Map<Integer, Place> places, Set<Integer> ordinals) {
    List<Integer> fresh = new ArrayList<>();
    List<Integer> deferred = new ArrayList<>();
    for (int ordinal : ordinals) {
      int attempt = 1;
      if (places.get(ordinal) instanceof Place.Deferred(int next)) {
        attempt = next;
        deferred.add(ordinal);
      } else {
        fresh.add(ordinal);
      }
      settling.endWaiting(ledger.facts.id(), ordinal, attempt, ItemState.CANCELLED, CANCELLED);
    }
    expect(fresh, MARK_AHEAD);
    expect(deferred, TAKE_DEFERRED);
    ledger.settledAhead(ItemState.CANCELLED, fresh.size());
    ledger.settledDeferred(ItemState.CANCELLED, deferred.size());
  }

  private void expect(List<Integer> ordinals, String sql) {
    if (ordinals.isEmpty()) {
      return;
    }
    int rows =
        tx.update(sql)
            .bind("batch", ledger.facts.id())
            .bind("ordinals", Column.ints(ordinals.stream().mapToInt(n -> n).toArray()))
            .execute();
    if (rows != ordinals.size()) {
      throw new IllegalStateException("moved " + rows + " of " + ordinals.size() + " items");
    }
  }

  private List<Integer> interrupt(
      Map<Integer, Place> places, Set<Integer> asked, CancelOrder order) {
    if (order.mode() == CancelMode.DRAIN) {
      return List.of();
    }
    List<Integer> running =
        asked.stream().filter(ordinal -> places.get(ordinal) instanceof Place.Running).toList();
    Interruptions.add(tx, ledger.facts.id(), running, settling.now().plus(order.grace()));
    if (!running.isEmpty()) {
      tx.notify(new Signal.Interrupt(ledger.facts.id()));
    }
    return running;
  }

  private static List<Skipped> skipped(
      Map<Integer, Place> places,
      Set<Integer> asked,
      Set<Integer> cancelled,
      List<Integer> interrupted) {
    Map<Integer, Skipped> skipped = new TreeMap<>();
    for (int ordinal : asked) {
      if (!cancelled.contains(ordinal)) {
        ItemState state = places.getOrDefault(ordinal, new Place.Fresh()).state();
        skipped.put(
            ordinal, new Skipped(ordinal, state, reason(state, interrupted.contains(ordinal))));
      }
    }
    return List.copyOf(skipped.values());
  }

  private static String reason(ItemState state, boolean interrupted) {
    return switch (state) {
      case RUNNING ->
          interrupted ? "item is running and was told to stop" : "item is already in progress";
      case SUCCEEDED -> "item has already succeeded";
      case FAILED -> "item has already failed";
      case CANCELLED -> "item is already cancelled";
      case PENDING -> "item is waiting";
    };
  }
}
