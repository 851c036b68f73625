package io.headgate.bench;

import java.time.Duration;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.locks.LockSupport;

/** Waits that end. */
final class Waiting {

  private static final long STEP_NANOS = 1_000_000;

  /** Far longer than anything here takes on a slow machine. */
  private static final Duration LONGEST = Duration.ofMinutes(15);

  /** Something that becomes true. */
  interface Condition {
    boolean holds() throws Exception;
  }

  private Waiting() {}

  /**
   * Looks every millisecond.
   *
   * @throws TimeoutException after a quarter of an hour
   */
  static void until(String what, Condition condition) throws Exception {
    long end = System.nanoTime() + LONGEST.toNanos();
    while (!condition.holds()) {
      if (System.nanoTime() > end) {
        throw new TimeoutException("still not so after " + LONGEST.toMinutes() + " min: " + what);
      }
      if (Thread.interrupted()) {
        throw new InterruptedException();
      }
      LockSupport.parkNanos(STEP_NANOS);
    }
  }
}
