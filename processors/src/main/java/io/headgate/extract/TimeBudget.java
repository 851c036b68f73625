package io.headgate.extract;

import java.time.Duration;

/**
 * A time limit for reading a page. Code that processes a page must check it regularly, because the
 * parsing libraries do not react to interrupts. Not thread-safe.
 */
public final class TimeBudget {

  private static final int STEPS_PER_CHECK = 256;

  private final long deadlineNanos;
  private int steps;

  private TimeBudget(long deadlineNanos) {
    this.deadlineNanos = deadlineNanos;
  }

  /** Starts a time limit that expires after {@code time}. */
  public static TimeBudget of(Duration time) {
    return new TimeBudget(System.nanoTime() + time.toNanos());
  }

  /**
   * Counts one small step. Checks the limit only once in many steps, so it is cheap.
   *
   * @throws TimeBudgetExceeded if the time limit has expired
   * @throws InterruptedException if the thread was interrupted
   */
  public void step() throws InterruptedException {
    if (++steps % STEPS_PER_CHECK == 0) {
      check();
    }
  }

  /**
   * Checks the limit immediately. Call it before or after an expensive step.
   *
   * @throws TimeBudgetExceeded if the time limit has expired
   * @throws InterruptedException if the thread was interrupted
   */
  public void check() throws InterruptedException {
    if (Thread.interrupted()) {
      throw new InterruptedException();
    }
    if (System.nanoTime() - deadlineNanos > 0) {
      throw new TimeBudgetExceeded();
    }
  }

  /** Thrown when the time limit has expired. */
  public static final class TimeBudgetExceeded extends RuntimeException {
    private static final long serialVersionUID = 1L;

    TimeBudgetExceeded() {
      super("reading the page exceeded the time limit of the attempt", null, false, false);
    }
  }
}
