package io.headgate;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;

/**
 * Waits, for a limited time, for a condition that cannot be signalled, such as one of another
 * process.
 */
public final class Await {

  private static final long POLL_MILLIS = 10;

  private Await() {}

  /** Waits until the condition is true; fails after {@code longest}. */
  public static void until(String what, Duration longest, BooleanSupplier condition) {
    long end = System.nanoTime() + longest.toNanos();
    while (!condition.getAsBoolean()) {
      if (System.nanoTime() > end) {
        throw new AssertionError("waited " + longest.toSeconds() + " s until " + what);
      }
      pause();
    }
  }

  private static void pause() {
    try {
      if (new CountDownLatch(1).await(POLL_MILLIS, TimeUnit.MILLISECONDS)) {
        throw new IllegalStateException("The latch is never opened.");
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }
}
