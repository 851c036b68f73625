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
public final class Clock implements InstantSource {

  private record Mark(Instant at, long nanos) {}

  private volatile Mark mark;

  private Clock(Mark mark) {
    this.mark = mark;
  }

  /** A clock that is set from the database now. */
  public static Clock of(Database database) {
    return new Clock(look(database));
  }

  /** Sets the clock from the database again. To be called regularly. */
  public void adjust(Database database) {
    mark = look(database);
  }

  private static Mark look(Database database) {
    long before = System.nanoTime();
    Instant at =
        database.read(tx -> tx.query("select clock_timestamp()").mapTo(Instant.class).one());
    long after = System.nanoTime();
    return new Mark(at, before + (after - before) / 2);
  }

  /**
   * The time to the microsecond, the precision of PostgreSQL. Finer values would be rounded
   * differently by different columns, and a receipt would differ from its batch.
   */
  @Override
  public Instant instant() {
    Mark last = mark;
    return last.at()
        .plus(Duration.ofNanos(System.nanoTime() - last.nanos()))
        .truncatedTo(ChronoUnit.MICROS);
  }
}
