package io.headgate.db;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;

/**
 * The one clock of a cluster: the database's, carried forward by this process's monotonic timer
 * between two looks at it. A jump of this machine's wall clock changes nothing.
 */
public final class Clock implements InstantSource {

  private record Mark(Instant at, long nanos) {}

  private volatile Mark mark;

  private Clock(Mark mark) {
    this.mark = mark;
  }

  /** A clock set from the database. */
  public static Clock of(Database database) {
    return new Clock(look(database));
  }

  /** Looks at the database's clock again; call it now and then. */
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
   * To the microsecond, as PostgreSQL keeps it: what is finer would be rounded one way in one
   * column and another way in the next, and a receipt would differ from its batch.
   */
  @Override
  public Instant instant() {
    Mark last = mark;
    return last.at()
        .plus(Duration.ofNanos(System.nanoTime() - last.nanos()))
        .truncatedTo(ChronoUnit.MICROS);
  }
}
