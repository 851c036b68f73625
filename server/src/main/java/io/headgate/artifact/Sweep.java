package io.headgate.artifact;

import io.headgate.db.Database;
import io.headgate.db.Loop;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Deletes what nobody will see any more: of attempts that ended without success, half-written ones,
 * and those of batches that retention has dropped. First the bytes, then the row, so that a crash
 * in between is made good by the next sweep. Any number of nodes may sweep at once.
 */
public final class Sweep implements AutoCloseable {

  private static final Logger log = LoggerFactory.getLogger(Sweep.class);

  private static final Duration EVERY = Duration.ofMinutes(1);
  private static final int AT_ONCE = 200;
  private static final int REFUSALS_BORNE = 3;

  /** How long one that took rows may take over them before another does it again. */
  private static final Duration TAKEN_FOR = Duration.ofMinutes(5);

  /**
   * Whoever was writing when its attempt ended deletes what it wrote, unless it dies just then. Its
   * row stays this long, so that the bytes are looked for once more.
   */
  static final Duration WRITERS_LAST = Duration.ofHours(1);

  private static final List<Function<SweepStore, Integer>> STEPS =
      List.of(SweepStore::keepOfSucceeded, SweepStore::doomOfEnded, SweepStore::doomOfDropped);

  private final Database database;
  private final InstantSource clock;
  private final Shelf shelf;
  private final Loop loop = new Loop("headgate-sweep", EVERY, Duration.ofHours(1), this::runOnce);

  Sweep(Database database, InstantSource clock, Shelf shelf) {
    this.database = database;
    this.clock = clock;
    this.shelf = shelf;
  }

  /** Sweeps now and then, on a thread of its own: a slow store must not hold up other upkeep. */
  public Sweep start() {
    loop.start();
    return this;
  }

  /** The loop that repeats {@link #runOnce}. */
  public Loop loop() {
    return loop;
  }

  /** One round; true when there is more to do at once, and the store takes it. */
  public boolean runOnce() {
    Instant now = clock.instant();
    boolean more = false;
    for (Function<SweepStore, Integer> step : STEPS) {
      more |= inTransaction(now, step) == AT_ONCE;
    }
    List<UUID> taken = inTransaction(now, store -> store.takeDue(now.plus(TAKEN_FOR)));
    List<UUID> deleted = delete(taken);
    if (!deleted.isEmpty()) {
      inTransaction(
          now,
          store ->
              store.forgetUnlessStillWritten(
                  deleted, now.minus(WRITERS_LAST), now.plus(WRITERS_LAST)));
    }
    boolean all = deleted.size() == taken.size(); // else the store may not answer at all
    return all && (more || taken.size() == AT_ONCE);
  }

  private <T> T inTransaction(Instant now, Function<SweepStore, T> step) {
    return database.inTransaction(tx -> step.apply(new SweepStore(tx, shelf.name(), now, AT_ONCE)));
  }

  /** A store that refuses one may take others; one that refuses several is left alone for now. */
  private List<UUID> delete(List<UUID> ids) {
    List<UUID> deleted = new ArrayList<>();
    int refused = 0;
    for (UUID id : ids) {
      try {
        shelf.delete(id);
        deleted.add(id);
      } catch (IOException e) {
        log.warn("artifact {} was not deleted, it is tried again later: {}", id, e.toString());
        refused++;
      }
      if (refused == REFUSALS_BORNE) {
        break;
      }
    }
    return deleted;
  }

  @Override
  public void close() {
    loop.close();
  }
}
