package io.headgate.bench;

import java.time.Duration;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.locks.LockSupport;

/** Waits for conditions by polling, with a time limit. */
final class Polling {

  private static final long STEP_NANOS = 1_000_000;
  private static final long SLOW_STEP_NANOS = 10 * STEP_NANOS;
  private static final long STABLE_STEP_NANOS = 50 * STEP_NANOS;

  /** Much longer than any wait takes on a slow machine. */
  private static final Duration TIMEOUT = Duration.ofMinutes(15);

  /** A condition to wait for. */
  interface Condition {
    boolean holds() throws Exception;
  }

  /** Reads a value that stops changing. */
  interface Probe<T> {
    T read() throws Exception;
  }

  private Polling() {}

  /**
   * Polls every millisecond.
   *
   * @throws TimeoutException after 15 minutes
   */
  static void until(String what, Condition condition) throws Exception {
    until(what, TIMEOUT, STEP_NANOS, condition);
  }

  /**
   * Polls every 10 milliseconds, for work that takes seconds and that polling would slow down.
   *
   * @throws TimeoutException after {@code longest}
   */
  static void untilSlowly(String what, Duration longest, Condition condition) throws Exception {
    until(what, longest, SLOW_STEP_NANOS, condition);
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
   * Waits until the value has not changed for {@code stableFor}, at most {@code longest}, and
   * returns the last value in both cases.
   */
  static <T> T untilStable(Probe<T> probe, Duration stableFor, Duration longest) throws Exception {
    long end = System.nanoTime() + longest.toNanos();
    T last = probe.read();
    long since = System.nanoTime();
    while (System.nanoTime() - since < stableFor.toNanos() && System.nanoTime() < end) {
      if (Thread.interrupted()) {
        throw new InterruptedException();
      }
      LockSupport.parkNanos(STABLE_STEP_NANOS);
      T now = probe.read();
      if (!now.equals(last)) {
        last = now;
        since = System.nanoTime();
      }
    }
    return last;
  }
}
