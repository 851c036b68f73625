package io.headgate.simulate;

import io.headgate.batch.CancelMode;
import io.headgate.batch.ItemRefs;
import io.headgate.batch.ItemState;
import io.headgate.engine.CancelOrder;
import io.headgate.engine.CancelPreview;
import io.headgate.engine.CancelResult;
import io.headgate.engine.ItemsCancelResult;
import io.headgate.engine.ItemsCancelResult.Skipped;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import java.util.stream.Collectors;

/** Actors that cancel a batch, single items, or many batches at once. */
final class CancelActors {

  private static final String SAME_RECEIPT = "every cancel of a batch returns the same receipt";

  private CancelActors() {}

  /** Previews and cancels a batch, sometimes one that is already fenced. */
  static String batch(World world) {
    BatchHandle batch = world.batch(snapshot -> !snapshot.row.isFinished() || world.oneIn(4));
    CancelOrder order = order(world);
    BatchSnapshot before = world.before(batch);
    CancelPreview preview = world.engine.preview(batch.owner(), batch.id());
    CancelResult result = world.engine.cancel(batch.owner(), batch.id(), order);
    if (result instanceof CancelResult.Fenced fenced) {
      BatchSnapshot.BatchReceipt earlier = before.receipt;
      LawViolation.unless(
          fenced.first() == (earlier == null)
              && (earlier == null || earlier.body().equals(fenced.receipt()))
              && fenced.receipt().equals(storedReceipt(world, batch)),
          SAME_RECEIPT,
          "%s had receipt %s, returned %s, stored %s"
              .formatted(batch.name(), earlier, fenced, storedReceipt(world, batch)));
      checkPreview(batch, preview, earlier == null ? fenced.receipt() : "");
      return "cancel %s, %s, grace %d s: %s"
          .formatted(
              batch.name(),
              order.mode(),
              order.grace().toSeconds(),
              fenced.first() ? "fenced" : "already fenced");
    }
    LawViolation.unless(
        before.row.isFinished() && !before.row.isFenced(),
        "only a finished batch refuses a cancel",
        batch.name() + " was " + before.row.state() + " and returned " + result);
    return "cancel %s: %s".formatted(batch.name(), result);
  }

  private static String storedReceipt(World world, BatchHandle batch) {
    BatchSnapshot.BatchReceipt receipt = world.readSnapshot().receipts().get(batch.id());
    return receipt == null ? "none" : receipt.body();
  }

  private static void checkPreview(BatchHandle batch, CancelPreview preview, String receipt) {
    if (preview instanceof CancelPreview.WouldStop would && !receipt.isEmpty()) {
      LawViolation.unless(
          receipt.contains(
                  "\"stopped\":%d,\"running\":%d,".formatted(would.items(), would.running()))
              && receipt.contains("\"refunded\":%d,".formatted(would.refund())),
          "a preview agrees with the cancel that follows",
          "%s: %s, then %s".formatted(batch.name(), would, receipt));
    }
  }

  private static CancelOrder order(World world) {
    CancelMode mode = world.oneIn(2) ? CancelMode.DRAIN : CancelMode.INTERRUPT;
    return new CancelOrder(mode, Duration.ofSeconds(world.randomBelow(10)), null);
  }

  /** Cancels some items, by ordinal or by ref. */
  static String items(World world) {
    BatchHandle batch = world.batch(snapshot -> !snapshot.row.isFinished());
    Set<Integer> requested = new TreeSet<>();
    for (int ordinal = 0; ordinal < batch.total(); ordinal++) {
      if (world.oneIn(4)) {
        requested.add(ordinal);
      }
    }
    CancelOrder order = order(world);
    ItemRefs refs =
        snapshotBefore(world, batch).row.isFenced() || world.oneIn(2)
            ? new ItemRefs(requested, Set.of())
            : new ItemRefs(Set.of(), refs(world, batch, requested));
    ItemsCancelResult result = world.engine.cancelItems(batch.owner(), batch.id(), refs, order);
    if (result instanceof ItemsCancelResult.ItemsCancelled done) {
      checkAccounted(world, batch, requested, done);
    }
    return "cancel %s of %s, %s: %s".formatted(requested, batch.name(), order.mode(), result);
  }

  private static BatchSnapshot snapshotBefore(World world, BatchHandle batch) {
    return world.before(batch);
  }

  /** Reads the refs, as a resubmitted item keeps the ref of its original. */
  private static Set<String> refs(World world, BatchHandle batch, Set<Integer> ordinals) {
    String sql = "select ref from item where batch_id = :batch and ordinal = any(:ordinals)";
    List<String> refs =
        world.database.read(tx ->
            tx.query(sql)
                .bind("batch", batch.id())
                .bind(
                    "ordinals",
                    io.headgate.db.ColumnValues.ints(ordinals.stream().mapToInt(n -> n).toArray()))
                .mapTo(String.class)
                .list());
    return Set.copyOf(refs);
  }

  private static void checkAccounted(
      World world,
      BatchHandle batch,
      Set<Integer> requested,
      ItemsCancelResult.ItemsCancelled done) {
    BatchSnapshot before = world.before(batch);
    Set<Integer> accounted = new TreeSet<>(done.cancelled());
    done.skipped().stream().map(Skipped::ordinal).forEach(accounted::add);
    boolean werePending =
        done.cancelled().stream()
            .allMatch(o -> before.state(o) == BatchSnapshot.DerivedState.PENDING);
    boolean skippedCorrectly =
        done.skipped().stream()
            .allMatch(skipped -> isCorrect(before.state(skipped.ordinal()), skipped));
    LawViolation.unless(
        accounted.containsAll(requested)
            && werePending
            && skippedCorrectly
            && done.creditsRefunded() == before.row.credits().perItem() * done.cancelled().size(),
        "a cancel of items accounts for every requested item",
        "%s of %s: %s".formatted(requested, batch.name(), done));
  }

  /** Pending items are never skipped; for others the result has their state. */
  private static boolean isCorrect(BatchSnapshot.DerivedState place, Skipped skipped) {
    return switch (place) {
      case PENDING, LOST -> false;
      case RUNNING -> skipped.state() == ItemState.RUNNING;
      case SUCCEEDED -> skipped.state() == ItemState.SUCCEEDED;
      case FAILED -> skipped.state() == ItemState.FAILED;
      case CANCELLED, STOPPED -> skipped.state() == ItemState.CANCELLED;
    };
  }

  /** Creates a bulk cancel, which is executed in later steps. */
  static String bulk(World world) {
    BatchHandle first = world.pick(world.batches);
    List<BatchHandle> matched =
        world.batches.stream()
            .filter(batch -> batch.owner().equals(first.owner()))
            .filter(batch -> batch.equals(first) || world.oneIn(4))
            .toList();
    List<UUID> ids = matched.stream().map(BatchHandle::id).toList();
    world.engine.cancelAll(first.owner(), "{}", ids, order(world));
    return "bulk cancel of " + names(matched);
  }

  /** Executes all bulk cancels; every matched batch is then finished or fenced. */
  static String executeBulk(World world) {
    int done = world.engine.continueOperations();
    StateSnapshot after = world.readSnapshot();
    String sql = "select distinct batch_id from operation_batch";
    List<UUID> matched = world.database.read(tx -> tx.query(sql).mapTo(UUID.class).list());
    Set<String> missed =
        matched.stream()
            .map(after::find)
            .filter(Objects::nonNull)
            .filter(snapshot -> !snapshot.row.isFinished() && !snapshot.row.isFenced())
            // A later retry may have reopened it.
            .filter(snapshot -> !snapshot.row.retried())
            .map(snapshot -> world.name(snapshot.row.id()))
            .collect(Collectors.toSet());
    LawViolation.unless(
        missed.isEmpty(), "a bulk cancel reaches every matched batch", "not " + missed);
    return "execute bulk cancels: " + done + " batches";
  }

  private static List<String> names(List<BatchHandle> batches) {
    return batches.stream().map(BatchHandle::name).toList();
  }
}
