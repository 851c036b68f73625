package io.headgate.extract;

import java.time.Duration;

/**
 * A time limit for reading a page. Code that processes a page must check it regularly, because the
 * parsing libraries do not react to interrupts. Not thread-safe.
 */
public final class Effort {

  private static final int STEPS_PER_LOOK = 256;

  private final long deadlineNanos;
  private int steps;

  private Effort(long deadlineNanos) {
    this.deadlineNanos = deadlineNanos;
  }

  /** Starts a time limit that expires after {@code time}. */
  public static Effort lasting(Duration time) {
    return new Effort(System.nanoTime() + time.toNanos());
  }

  /**
   * Counts one small step. Checks the limit only once in many steps, so it is cheap.
   *
   * @throws Spent if the time limit has expired
   * @throws InterruptedException if the thread was interrupted
   */
  public void step() throws InterruptedException {
    if (++steps % STEPS_PER_LOOK == 0) {
      look();
    }
  }

  /**
   * Checks the limit immediately. Call it before or after an expensive step.
   *
   * @throws Spent if the time limit has expired
   * @throws InterruptedException if the thread was interrupted
   */
  public void look() throws InterruptedException {
    if (Thread.interrupted()) {
      throw new InterruptedException();
    }
    if (System.nanoTime() - deadlineNanos > 0) {
      throw new Spent();
    }
  }

  /** Thrown when the time limit has expired. */
  public static final class Spent extends RuntimeException {
    private static final long serialVersionUID = 1L;

    Spent() {
      super("reading the page exceeded the time limit of the attempt", null, false, false);
    }
  }
}
