package io.headgate.bench;

import java.time.Duration;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.locks.LockSupport;

/** Waits for conditions by polling, with a time limit. */
final class Waiting {

  private static final long STEP_NANOS = 1_000_000;
  private static final long CALM_STEP_NANOS = 10 * STEP_NANOS;
  private static final long SLOW_STEP_NANOS = 50 * STEP_NANOS;

  /** Much longer than any wait takes on a slow machine. */
  private static final Duration LONGEST = Duration.ofMinutes(15);

  /** A condition to wait for. */
  interface Condition {
    boolean holds() throws Exception;
  }

  /** Reads a value that stops changing. */
  interface Look<T> {
    T now() throws Exception;
  }

  private Waiting() {}

  /**
   * Polls every millisecond.
   *
   * @throws TimeoutException after 15 minutes
   */
  static void until(String what, Condition condition) throws Exception {
    until(what, LONGEST, STEP_NANOS, condition);
  }

  /**
   * Polls every 10 milliseconds, for work that takes seconds and that polling would slow down.
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
        throw new TimeoutException(
            "timeout after " + longest.toMinutes() + " min; expected: " + what);
      }
      if (Thread.interrupted()) {
        throw new InterruptedException();
      }
      LockSupport.parkNanos(stepNanos);
    }
  }

  /**
   * Waits until the value has not changed for {@code stillness}, at most {@code longest}, and
   * returns the last value in both cases.
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
