package io.headgate.node;

import io.headgate.db.Clock;
import io.headgate.db.Database;
import io.headgate.db.Partitions;
import io.headgate.engine.Engine;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What some node must do now and then, and every node does: rescue, grace periods, deadlines, bulk
 * cancels, partitions, notes of progress. Each is safe to do twice.
 */
final class Upkeep {

  static final Duration TICK = Duration.ofSeconds(1);

  private static final Logger log = LoggerFactory.getLogger(Upkeep.class);
  private static final Duration RATES_EVERY = Duration.ofSeconds(5);
  private static final Duration PARTITIONS_EVERY = Duration.ofMinutes(10);

  private final Database database;
  private final Engine engine;
  private final Clock clock;
  private final Partitions partitions;
  private final List<Runnable> chores = new CopyOnWriteArrayList<>();
  private final ProgressNotes progress;
  private Instant ratesDue = Instant.EPOCH;
  private Instant partitionsDue = Instant.EPOCH;

  Upkeep(
      Database database,
      Engine engine,
      Clock clock,
      Partitions partitions,
      ProgressNotes progress) {
    this.database = database;
    this.engine = engine;
    this.clock = clock;
    this.partitions = partitions;
    this.progress = progress;
  }

  void chore(Runnable chore) {
    chores.add(chore);
  }

  boolean runOnce() {
    clock.adjust(database);
    progress.runOnce();
    int lost = engine.rescueLost();
    if (lost > 0) {
      log.warn("rescued {} items of dead nodes", lost);
    }
    engine.abandonOverdue();
    engine.timeOutRemote();
    engine.expire();
    engine.continueOperations();
    Instant now = clock.instant();
    if (!now.isBefore(ratesDue)) {
      ratesDue = now.plus(RATES_EVERY);
      engine.noteRates();
      engine.addUpCredits();
      engine.tellProgress();
    }
    if (!now.isBefore(partitionsDue)) {
      partitionsDue = now.plus(PARTITIONS_EVERY);
      partitions.ensure(now);
      partitions.drop(now);
      chores.forEach(Runnable::run);
    }
    return false;
  }
}
