package io.headgate.db;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;

/**
 * The clock of the cluster: the database's time at the last adjustment, plus what the monotonic
 * timer of this process has counted since. A jump of this machine's wall clock has no effect.
 *
 * <p>Thread-safe.
 */
public final class ClusterClock implements InstantSource {

  private record Adjustment(Instant at, long nanos) {}

  private volatile Adjustment adjustment;

  private ClusterClock(Adjustment mark) {
    this.adjustment = mark;
  }

  /** A clock that is set from the database now. */
  public static ClusterClock of(Database database) {
    return new ClusterClock(readDatabase(database));
  }

  /** Sets the clock from the database again. To be called regularly. */
  public void adjust(Database database) {
    adjustment = readDatabase(database);
  }

  private static Adjustment readDatabase(Database database) {
    long before = System.nanoTime();
    Instant at =
        database.read(tx -> tx.query("select clock_timestamp()").mapTo(Instant.class).one());
    long after = System.nanoTime();
    return new Adjustment(at, before + (after - before) / 2);
  }

  /**
   * The time to the microsecond, the precision of PostgreSQL. Finer values would be rounded
   * differently by different columns, and a receipt would differ from its batch.
   */
  @Override
  public Instant instant() {
    Adjustment last = adjustment;
    return last.at()
        .plus(Duration.ofNanos(System.nanoTime() - last.nanos()))
        .truncatedTo(ChronoUnit.MICROS);
  }
}
