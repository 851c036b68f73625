package io.headgate;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;

/** Waits for what only the outside shows, such as another process; bounded. */
public final class Await {

  private static final long ROUND_MILLIS = 10;

  private Await() {}

  /** Fails when {@code condition} does not come true within {@code longest}. */
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
      if (new CountDownLatch(1).await(ROUND_MILLIS, TimeUnit.MILLISECONDS)) {
        throw new IllegalStateException("nobody opens this latch");
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }
}
