package io.headgate.api;

import java.io.InterruptedIOException;
import java.time.Duration;
import java.util.function.BooleanSupplier;

/** How often a live answer looks for news, and says that it lives when there are none. */
final class Pace {

  /** At most four looks a second. */
  private static final Duration REST = Duration.ofMillis(250);

  private static final Duration SIGN_OF_LIFE = Duration.ofSeconds(15);

  private final BooleanSupplier open;

  // The first sign is due at once: until something goes out, a client does not even have its
  // headers.
  private long lastHeardOf = System.nanoTime() - SIGN_OF_LIFE.toNanos();

  /**
   * @param open false once the server stops
   */
  Pace(BooleanSupplier open) {
    this.open = open;
  }

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
   * @throws InterruptedIOException when the server stops: the connection breaks then, as a clean
   *     end would tell the client that this was all
   */
  void rest() throws InterruptedIOException {
    try {
      Thread.sleep(REST);
      if (!open.getAsBoolean()) {
        throw new InterruptedIOException("the server stops");
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new InterruptedIOException("the server stops");
    }
  }
}
