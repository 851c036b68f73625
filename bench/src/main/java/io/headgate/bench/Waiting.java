package io.headgate.bench;

import java.time.Duration;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.locks.LockSupport;

/** Waits that end. */
final class Waiting {

  private static final long STEP_NANOS = 1_000_000;
  private static final long CALM_STEP_NANOS = 10 * STEP_NANOS;
  private static final long SLOW_STEP_NANOS = 50 * STEP_NANOS;

  /** Far longer than anything here takes on a slow machine. */
  private static final Duration LONGEST = Duration.ofMinutes(15);

  /** Something that becomes true. */
  interface Condition {
    boolean holds() throws Exception;
  }

  /** Something that changes, and then no longer. */
  interface Look<T> {
    T now() throws Exception;
  }

  private Waiting() {}

  /**
   * Looks every millisecond.
   *
   * @throws TimeoutException after a quarter of an hour
   */
  static void until(String what, Condition condition) throws Exception {
    until(what, LONGEST, STEP_NANOS, condition);
  }

  /**
   * Looks now and then, for what takes seconds and would be slowed by being looked at.
   *
   * @throws TimeoutException after {@code longest}
   */
  static void calmly(String what, Duration longest, Condition condition) throws Exception {
    until(what, longest, CALM_STEP_NANOS, condition);
  }

  private static void until(String what, Duration longest, long stepNanos, Condition condition)
      throws Exception {
    long end = System.nanoTime() + longest.toNanos();
    while (!condition.holds()) {
      if (System.nanoTime() > end) {
        throw new TimeoutException("still not so after " + longest.toMinutes() + " min: " + what);
      }
      if (Thread.interrupted()) {
        throw new InterruptedException();
      }
      LockSupport.parkNanos(stepNanos);
    }
  }

  /**
   * Waits until what is seen has stayed the same for {@code stillness}, at most {@code longest};
   * answers what was seen last either way.
   */
  static <T> T untilStill(Look<T> look, Duration stillness, Duration longest) throws Exception {
    long end = System.nanoTime() + longest.toNanos();
    T last = look.now();
    long since = System.nanoTime();
    while (System.nanoTime() - since < stillness.toNanos() && System.nanoTime() < end) {
      if (Thread.interrupted()) {
        throw new InterruptedException();
      }
      LockSupport.parkNanos(SLOW_STEP_NANOS);
      T now = look.now();
      if (!now.equals(last)) {
        last = now;
        since = System.nanoTime();
      }
    }
    return last;
  }
}
