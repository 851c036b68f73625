package io.headgate.api.batch;

import java.io.InterruptedIOException;
import java.time.Duration;
import java.util.UUID;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;

/**
 * Decides when a streaming response reads its batch again and when it sends a keep-alive. One
 * thread writes the response and calls {@link #rest} and {@link #busy}; any thread may call {@link
 * #ring}.
 */
final class Pace implements AutoCloseable {

  /** The minimum interval between two progress events: four a second. */
  static final Duration MOMENT = Duration.ofMillis(250);

  private static final Duration SIGN_OF_LIFE = Duration.ofSeconds(15);

  private final UUID batch;
  private final BooleanSupplier open;
  private final Duration lookAnyway;
  private final Consumer<Pace> leave;
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition changed = lock.newCondition();
  private boolean rung;

  // The first keep-alive is due at once: the response headers go out with the first bytes.
  private long lastHeardOf = System.nanoTime() - SIGN_OF_LIFE.toNanos();

  /**
   * @param open returns false once the server stops
   * @param lookAnyway the longest wait
   * @param leave called when the response ends
   */
  Pace(UUID batch, BooleanSupplier open, Duration lookAnyway, Consumer<Pace> leave) {
    this.batch = batch;
    this.open = open;
    this.lookAnyway = lookAnyway;
    this.leave = leave;
  }

  UUID batch() {
    return batch;
  }

  /** Records that the response has sent something. */
  void busy() {
    lastHeardOf = System.nanoTime();
  }

  /** Returns true when nothing was sent for 15 seconds; the caller then sends a keep-alive. */
  boolean signOfLifeDue() {
    boolean due = System.nanoTime() - lastHeardOf >= SIGN_OF_LIFE.toNanos();
    if (due) {
      busy();
    }
    return due;
  }

  /** Ends the current or next wait, because the batch has changed. */
  void ring() {
    lock.lock();
    try {
      rung = true;
      changed.signalAll();
    } finally {
      lock.unlock();
    }
  }

  /**
   * Waits until the batch changes or the poll interval has elapsed.
   *
   * @throws InterruptedIOException when the server stops. The connection must break then, because a
   *     clean end of the response would mean that the stream is complete
   */
  void rest() throws InterruptedIOException {
    rest(lookAnyway);
  }

  /** As {@link #rest()}, but at most for {@link #MOMENT}, because a progress event is due. */
  void restForAMoment() throws InterruptedIOException {
    rest(lookAnyway.compareTo(MOMENT) < 0 ? lookAnyway : MOMENT);
  }

  private void rest(Duration longest) throws InterruptedIOException {
    try {
      await(longest.toNanos());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new InterruptedIOException("the server is stopping");
    }
    if (!open.getAsBoolean()) {
      throw new InterruptedIOException("the server is stopping");
    }
  }

  private void await(long longest) throws InterruptedException {
    lock.lock();
    try {
      long left = longest;
      while (!rung && left > 0) {
        left = changed.awaitNanos(left);
      }
      rung = false;
    } finally {
      lock.unlock();
    }
  }

  @Override
  public void close() {
    leave.accept(this);
  }
}
