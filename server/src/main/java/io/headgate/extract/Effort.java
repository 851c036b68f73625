package io.headgate.extract;

import java.time.Duration;

/**
 * How long reading may take. Whoever works through a page asks now and then, for the libraries
 * below look at no interrupt.
 */
public final class Effort {

  private static final int STEPS_PER_LOOK = 256;

  private final long deadlineNanos;
  private int steps;

  private Effort(long deadlineNanos) {
    this.deadlineNanos = deadlineNanos;
  }

  public static Effort lasting(Duration time) {
    return new Effort(System.nanoTime() + time.toNanos());
  }

  /**
   * Counts one small step.
   *
   * @throws Spent after the deadline
   */
  public void step() throws InterruptedException {
    if (++steps % STEPS_PER_LOOK == 0) {
      look();
    }
  }

  /** Looks at once, before or after a large step. */
  public void look() throws InterruptedException {
    if (Thread.interrupted()) {
      throw new InterruptedException();
    }
    if (System.nanoTime() - deadlineNanos > 0) {
      throw new Spent();
    }
  }

  /** The time is over. */
  public static final class Spent extends RuntimeException {
    private static final long serialVersionUID = 1L;

    Spent() {
      super("the page takes longer to read than the attempt may", null, false, false);
    }
  }
}
