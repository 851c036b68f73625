package io.headgate.api;

import java.io.InterruptedIOException;
import java.time.Duration;

/** How often a live answer looks for news, and says that it lives when there are none. */
final class Pace {

  /** At most four looks a second. */
  private static final Duration REST = Duration.ofMillis(250);

  private static final Duration SIGN_OF_LIFE = Duration.ofSeconds(15);

  private long lastHeardOf = System.nanoTime();

  /** Something went out. */
  void busy() {
    lastHeardOf = System.nanoTime();
  }

  /** True every 15 seconds in which nothing went out; the caller says something then. */
  boolean signOfLifeDue() {
    boolean due = System.nanoTime() - lastHeardOf >= SIGN_OF_LIFE.toNanos();
    if (due) {
      busy();
    }
    return due;
  }

  /**
   * Waits for the next look.
   *
   * @throws InterruptedIOException when the server stops
   */
  void rest() throws InterruptedIOException {
    try {
      Thread.sleep(REST);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new InterruptedIOException("the server stops");
    }
  }
}
