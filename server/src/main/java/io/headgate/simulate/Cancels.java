package io.headgate.simulate;

import io.headgate.batch.CancelMode;
import io.headgate.batch.ItemRefs;
import io.headgate.batch.ItemState;
import io.headgate.engine.CancelOrder;
import io.headgate.engine.CancelResult;
import io.headgate.engine.ItemsCancelResult;
import io.headgate.engine.ItemsCancelResult.Skipped;
import io.headgate.engine.Preview;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import java.util.stream.Collectors;

/** Actors that cancel a batch, single items, or many batches at once. */
final class Cancels {

  private static final String SAME = "every cancel of a batch returns the same receipt";

  private Cancels() {}

  /** Previews and cancels a batch, sometimes one that is already fenced. */
  static String batch(World world) {
    Known batch = world.batch(sight -> !sight.row.finished() || world.oneIn(4));
    CancelOrder order = order(world);
    Sight before = world.before(batch);
    Preview preview = world.engine.preview(batch.owner(), batch.id());
    CancelResult result = world.engine.cancel(batch.owner(), batch.id(), order);
    if (result instanceof CancelResult.Fenced fenced) {
      Sight.Receipt earlier = before.receipt;
      Broken.unless(
          fenced.first() == (earlier == null)
              && (earlier == null || earlier.body().equals(fenced.receipt()))
              && fenced.receipt().equals(stored(world, batch)),
          SAME,
          "%s had receipt %s, returned %s, stored %s"
              .formatted(batch.name(), earlier, fenced, stored(world, batch)));
      foretold(batch, preview, earlier == null ? fenced.receipt() : "");
      return "cancel %s, %s, grace %d s: %s"
          .formatted(
              batch.name(),
              order.mode(),
              order.grace().toSeconds(),
              fenced.first() ? "fenced" : "already fenced");
    }
    Broken.unless(
        before.row.finished() && !before.row.fenced(),
        "only a finished batch refuses a cancel",
        batch.name() + " was " + before.row.state() + " and returned " + result);
    return "cancel %s: %s".formatted(batch.name(), result);
  }

  private static String stored(World world, Known batch) {
    Sight.Receipt receipt = world.look().receipts().get(batch.id());
    return receipt == null ? "none" : receipt.body();
  }

  private static void foretold(Known batch, Preview preview, String receipt) {
    if (preview instanceof Preview.WouldStop would && !receipt.isEmpty()) {
      Broken.unless(
          receipt.contains(
                  "\"stopped\":%d,\"running\":%d,".formatted(would.items(), would.running()))
              && receipt.contains("\"refunded\":%d,".formatted(would.refund())),
          "a preview agrees with the cancel that follows",
          "%s: %s, then %s".formatted(batch.name(), would, receipt));
    }
  }

  private static CancelOrder order(World world) {
    CancelMode mode = world.oneIn(2) ? CancelMode.DRAIN : CancelMode.INTERRUPT;
    return new CancelOrder(mode, Duration.ofSeconds(world.roll(10)), null);
  }

  /** Cancels some items, by ordinal or by ref. */
  static String items(World world) {
    Known batch = world.batch(sight -> !sight.row.finished());
    Set<Integer> asked = new TreeSet<>();
    for (int ordinal = 0; ordinal < batch.total(); ordinal++) {
      if (world.oneIn(4)) {
        asked.add(ordinal);
      }
    }
    CancelOrder order = order(world);
    ItemRefs refs =
        before(world, batch).row.fenced() || world.oneIn(2)
            ? new ItemRefs(asked, Set.of())
            : new ItemRefs(Set.of(), refs(world, batch, asked));
    ItemsCancelResult result = world.engine.cancelItems(batch.owner(), batch.id(), refs, order);
    if (result instanceof ItemsCancelResult.Done done) {
      accountFor(world, batch, asked, done);
    }
    return "cancel %s of %s, %s: %s".formatted(asked, batch.name(), order.mode(), result);
  }

  private static Sight before(World world, Known batch) {
    return world.before(batch);
  }

  /** Reads the refs, as a resubmitted item keeps the ref of its original. */
  private static Set<String> refs(World world, Known batch, Set<Integer> ordinals) {
    String sql = "select ref from item where batch_id = :batch and ordinal = any(:ordinals)";
    List<String> refs =
        world.database.read(tx ->
            tx.query(sql)
                .bind("batch", batch.id())
                .bind(
                    "ordinals",
                    io.headgate.db.Column.ints(ordinals.stream().mapToInt(n -> n).toArray()))
                .mapTo(String.class)
                .list());
    return Set.copyOf(refs);
  }

  private static void accountFor(
      World world, Known batch, Set<Integer> asked, ItemsCancelResult.Done done) {
    Sight before = world.before(batch);
    Set<Integer> told = new TreeSet<>(done.cancelled());
    done.skipped().stream().map(Skipped::ordinal).forEach(told::add);
    boolean waited =
        done.cancelled().stream().allMatch(o -> before.place(o) == Sight.Place.WAITING);
    boolean spared =
        done.skipped().stream()
            .allMatch(skipped -> rightly(before.place(skipped.ordinal()), skipped));
    Broken.unless(
        told.containsAll(asked)
            && waited
            && spared
            && done.creditsRefunded() == before.row.books().perItem() * done.cancelled().size(),
        "a cancel of items accounts for every requested item",
        "%s of %s: %s".formatted(asked, batch.name(), done));
  }

  /** Pending items are never skipped; for others the result has their state. */
  private static boolean rightly(Sight.Place place, Skipped skipped) {
    return switch (place) {
      case WAITING, NOWHERE -> false;
      case RUNNING -> skipped.state() == ItemState.RUNNING;
      case SUCCEEDED -> skipped.state() == ItemState.SUCCEEDED;
      case FAILED -> skipped.state() == ItemState.FAILED;
      case CANCELLED, STOPPED -> skipped.state() == ItemState.CANCELLED;
    };
  }

  /** Creates a bulk cancel, which is executed in later steps. */
  static String many(World world) {
    Known first = world.oneOf(world.batches);
    List<Known> matched =
        world.batches.stream()
            .filter(batch -> batch.owner().equals(first.owner()))
            .filter(batch -> batch.equals(first) || world.oneIn(4))
            .toList();
    List<UUID> ids = matched.stream().map(Known::id).toList();
    world.engine.cancelAll(first.owner(), "{}", ids, order(world));
    return "bulk cancel of " + names(matched);
  }

  /** Executes all bulk cancels; every matched batch is then finished or fenced. */
  static String continueMany(World world) {
    int done = world.engine.continueOperations();
    Moment after = world.look();
    String sql = "select distinct batch_id from operation_batch";
    List<UUID> matched = world.database.read(tx -> tx.query(sql).mapTo(UUID.class).list());
    Set<String> missed =
        matched.stream()
            .map(after::find)
            .filter(Objects::nonNull)
            .filter(sight -> !sight.row.finished() && !sight.row.fenced())
            // A later retry may have reopened it.
            .filter(sight -> !sight.row.retried())
            .map(sight -> world.name(sight.row.id()))
            .collect(Collectors.toSet());
    Broken.unless(missed.isEmpty(), "a bulk cancel reaches every matched batch", "not " + missed);
    return "execute bulk cancels: " + done + " batches";
  }

  private static List<String> names(List<Known> batches) {
    return batches.stream().map(Known::name).toList();
  }
}
