package io.headgate.simulate;

import io.headgate.engine.PauseOrRetryResult;
import io.headgate.engine.ResubmitResult;
import io.headgate.simulate.BatchSnapshot.DerivedState;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;

/** Actors that pause, resume, retry and resubmit batches. */
final class AccountActors {

  private static final String NOT_COPIED =
      """
      select i.ordinal from item i
      where i.batch_id = :old and not exists (
        select from item j where j.batch_id = :new and j.ref = i.ref)
      """;

  private AccountActors() {}

  static String pause(World world) {
    BatchHandle batch =
        world.batch(snapshot -> !snapshot.row.isFinished() && !snapshot.row.paused());
    return "pause %s: %s"
        .formatted(batch.name(), describe(world.engine.pause(batch.owner(), batch.id())));
  }

  static String resume(World world) {
    BatchHandle batch = world.batch(snapshot -> snapshot.row.paused());
    return "resume %s: %s"
        .formatted(batch.name(), describe(world.engine.resume(batch.owner(), batch.id())));
  }

  static String retry(World world) {
    BatchHandle batch =
        world.batch(snapshot -> snapshot.row.counters().failed() > 0 && !snapshot.row.isFenced());
    int failed = world.before(batch).count(DerivedState.FAILED);
    world.retried.add(batch.id());
    PauseOrRetryResult result = world.engine.retry(batch.owner(), batch.id());
    LawViolation.unless(
        !(result instanceof PauseOrRetryResult.Applied(int items)) || items <= failed,
        "a retry affects failed items only",
        "%s had %d failed items: %s".formatted(batch.name(), failed, result));
    return "retry the failed of %s: %s".formatted(batch.name(), describe(result));
  }

  private static String describe(PauseOrRetryResult result) {
    return result.toString();
  }

  static String resubmit(World world) {
    BatchHandle batch =
        world.batch(snapshot -> snapshot.row.isFinished() && snapshot.count(RESUBMITTED) > 0);
    return resubmit(world, batch, world.oneIn(3));
  }

  /** In the final phase: batches that were retried and then cancelled, the most complex case. */
  static String resubmitRetried(World world) {
    List<BatchHandle> retried =
        world.batches.stream()
            .filter(batch -> world.before(batch).row.retried())
            .filter(batch -> world.before(batch).count(RESUBMITTED) > 0)
            .toList();
    return retried.stream().map(batch -> resubmit(world, batch, false)).toList().toString();
  }

  private static String resubmit(World world, BatchHandle batch, boolean withFailed) {
    ResubmitResult result = world.engine.resubmit(batch.owner(), batch.id(), withFailed);
    if (!(result instanceof ResubmitResult.Resubmitted(UUID copy))) {
      return "resubmit %s: %s".formatted(batch.name(), result);
    }
    BatchHandle copied = world.register(copy, batch.owner(), total(world, copy));
    checkCopied(world, batch, copied, withFailed);
    return "resubmit %s as %s with %d items%s"
        .formatted(
            batch.name(),
            copied.name(),
            copied.total(),
            withFailed ? ", including failed items" : "");
  }

  private static final DerivedState[] RESUBMITTED = {DerivedState.CANCELLED, DerivedState.STOPPED};

  private static int total(World world, UUID batch) {
    String sql = "select count(*) from item where batch_id = :batch";
    return world.database.read(tx -> tx.query(sql).bind("batch", batch).mapTo(Integer.class).one());
  }

  /** The copy has all cancelled items and the children of cancelled parents, and no others. */
  private static void checkCopied(
      World world, BatchHandle old, BatchHandle copy, boolean withFailed) {
    BatchSnapshot before = world.before(old);
    Set<Integer> missing =
        new TreeSet<>(
            world.database.<List<Integer>>read(tx ->
                tx.query(NOT_COPIED)
                    .bind("old", old.id())
                    .bind("new", copy.id())
                    .mapTo(Integer.class)
                    .list()));
    Set<Integer> chosen = new TreeSet<>();
    for (int ordinal = 0; ordinal < old.total(); ordinal++) {
      DerivedState place = before.state(ordinal);
      if (place == DerivedState.CANCELLED
          || place == DerivedState.STOPPED
          || (withFailed && place == DerivedState.FAILED)) {
        chosen.add(ordinal);
      }
    }
    Set<Integer> expected = new TreeSet<>(chosen);
    before.parents.forEach((child, parent) -> {
      if (chosen.contains(parent)) {
        expected.add(child);
      }
    });
    LawViolation.unless(
        missing.stream().noneMatch(expected::contains) && copy.total() == expected.size(),
        "a resubmit copies the cancelled items and nothing else",
        "%s has %d items without %s, it should have %s"
            .formatted(copy.name(), copy.total(), missing, expected));
  }
}
