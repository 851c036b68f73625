package io.headgate.simulate;

import io.headgate.engine.ChangeResult;
import io.headgate.engine.ResubmitResult;
import io.headgate.simulate.Sight.Place;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;

/** Actors that pause, resume, retry and resubmit batches. */
final class Owner {

  private static final String MISSING =
      """
      select i.ordinal from item i
      where i.batch_id = :old and not exists (
        select from item j where j.batch_id = :new and j.ref = i.ref)
      """;

  private Owner() {}

  static String pause(World world) {
    Known batch = world.batch(sight -> !sight.row.finished() && !sight.row.paused());
    return "pause %s: %s"
        .formatted(batch.name(), told(world.engine.pause(batch.owner(), batch.id())));
  }

  static String resume(World world) {
    Known batch = world.batch(sight -> sight.row.paused());
    return "resume %s: %s"
        .formatted(batch.name(), told(world.engine.resume(batch.owner(), batch.id())));
  }

  static String retry(World world) {
    Known batch = world.batch(sight -> sight.row.counters().failed() > 0 && !sight.row.fenced());
    int failed = world.before(batch).count(Place.FAILED);
    world.retried.add(batch.id());
    ChangeResult result = world.engine.retry(batch.owner(), batch.id());
    Broken.unless(
        !(result instanceof ChangeResult.Done(int items)) || items <= failed,
        "a retry affects failed items only",
        "%s had %d failed items: %s".formatted(batch.name(), failed, result));
    return "retry the failed of %s: %s".formatted(batch.name(), told(result));
  }

  private static String told(ChangeResult result) {
    return result.toString();
  }

  static String resubmit(World world) {
    Known batch = world.batch(sight -> sight.row.finished() && sight.count(LEFT) > 0);
    return resubmit(world, batch, world.oneIn(3));
  }

  /** In the final phase: batches that were retried and then cancelled, the most complex case. */
  static String resubmitRetried(World world) {
    List<Known> retried =
        world.batches.stream()
            .filter(batch -> world.before(batch).row.retried())
            .filter(batch -> world.before(batch).count(LEFT) > 0)
            .toList();
    return retried.stream().map(batch -> resubmit(world, batch, false)).toList().toString();
  }

  private static String resubmit(World world, Known batch, boolean withFailed) {
    ResubmitResult result = world.engine.resubmit(batch.owner(), batch.id(), withFailed);
    if (!(result instanceof ResubmitResult.Submitted(UUID copy))) {
      return "resubmit %s: %s".formatted(batch.name(), result);
    }
    Known known = world.learn(copy, batch.owner(), total(world, copy));
    copied(world, batch, known, withFailed);
    return "resubmit %s as %s with %d items%s"
        .formatted(
            batch.name(),
            known.name(),
            known.total(),
            withFailed ? ", including failed items" : "");
  }

  private static final Place[] LEFT = {Place.CANCELLED, Place.STOPPED};

  private static int total(World world, UUID batch) {
    String sql = "select count(*) from item where batch_id = :batch";
    return world.database.read(tx -> tx.query(sql).bind("batch", batch).mapTo(Integer.class).one());
  }

  /** The copy has all cancelled items and the children of cancelled parents, and no others. */
  private static void copied(World world, Known old, Known copy, boolean withFailed) {
    Sight before = world.before(old);
    Set<Integer> missing =
        new TreeSet<>(
            world.database.<List<Integer>>read(tx ->
                tx.query(MISSING)
                    .bind("old", old.id())
                    .bind("new", copy.id())
                    .mapTo(Integer.class)
                    .list()));
    Set<Integer> chosen = new TreeSet<>();
    for (int ordinal = 0; ordinal < old.total(); ordinal++) {
      Place place = before.place(ordinal);
      if (place == Place.CANCELLED
          || place == Place.STOPPED
          || (withFailed && place == Place.FAILED)) {
        chosen.add(ordinal);
      }
    }
    Set<Integer> wanted = new TreeSet<>(chosen);
    before.parents.forEach((child, parent) -> {
      if (chosen.contains(parent)) {
        wanted.add(child);
      }
    });
    Broken.unless(
        missing.stream().noneMatch(wanted::contains) && copy.total() == wanted.size(),
        "a resubmit copies the cancelled items and nothing else",
        "%s has %d items without %s, it should have %s"
            .formatted(copy.name(), copy.total(), missing, wanted));
  }
}
