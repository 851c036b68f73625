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
 * Deletes artifacts that can never become visible: those of attempts that ended without success,
 * incomplete ones, and those of batches that retention has deleted. The file is deleted before the
 * row, so that the next sweep repeats what a crash interrupted. Several nodes may sweep at once.
 */
public final class ArtifactSweeper implements AutoCloseable {

  private static final Logger log = LoggerFactory.getLogger(ArtifactSweeper.class);

  private static final Duration INTERVAL = Duration.ofMinutes(1);
  private static final int MAX_ROWS = 200;
  private static final int MAX_FAILURES = 3;

  /** After this time another sweep takes rows again that were taken but not deleted. */
  private static final Duration TAKE_LEASE = Duration.ofMinutes(5);

  /**
   * A writer whose attempt ended meanwhile deletes its own file, unless it crashes just then. The
   * row stays for this time, so that the file is deleted once more.
   */
  static final Duration WRITER_GRACE = Duration.ofHours(1);

  private static final List<Function<SweepStore, Integer>> STEPS =
      List.of(
          SweepStore::markKeptOfSucceeded,
          SweepStore::markDeletedOfEnded,
          SweepStore::markDeletedOfDropped);

  private final Database database;
  private final InstantSource clock;
  private final BlobStore store;
  private final Loop loop =
      new Loop("headgate-sweep", INTERVAL, Duration.ofHours(1), this::runOnce);

  ArtifactSweeper(Database database, InstantSource clock, BlobStore store) {
    this.database = database;
    this.clock = clock;
    this.store = store;
  }

  /** Starts a thread that sweeps every minute, so that a slow storage delays no other task. */
  public ArtifactSweeper start() {
    loop.start();
    return this;
  }

  /** The loop that repeats {@link #runOnce}. */
  public Loop loop() {
    return loop;
  }

  /** Runs one round. Returns true when more is due and the storage accepted all deletes. */
  public boolean runOnce() {
    Instant now = clock.instant();
    boolean more = false;
    for (Function<SweepStore, Integer> step : STEPS) {
      more |= inTransaction(now, step) == MAX_ROWS;
    }
    List<UUID> taken = inTransaction(now, statements -> statements.takeDue(now.plus(TAKE_LEASE)));
    List<UUID> deleted = delete(taken);
    if (!deleted.isEmpty()) {
      inTransaction(
          now,
          statements ->
              statements.deleteUnlessStillWritten(
                  deleted, now.minus(WRITER_GRACE), now.plus(WRITER_GRACE)));
    }
    boolean allDeleted = deleted.size() == taken.size(); // else the storage may be unreachable
    return allDeleted && (more || taken.size() == MAX_ROWS);
  }

  private <T> T inTransaction(Instant now, Function<SweepStore, T> step) {
    return database.inTransaction(
        tx -> step.apply(new SweepStore(tx, store.name(), now, MAX_ROWS)));
  }

  /** One failed delete does not stop the round; several failures end it. */
  private List<UUID> delete(List<UUID> ids) {
    List<UUID> deleted = new ArrayList<>();
    int failures = 0;
    for (UUID id : ids) {
      try {
        store.delete(id);
        deleted.add(id);
      } catch (IOException e) {
        log.warn("artifact {} was not deleted, a later sweep tries again: {}", id, e.toString());
        failures++;
      }
      if (failures == MAX_FAILURES) {
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
