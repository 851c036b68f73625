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
 * thread writes the response and calls {@link #awaitChange} and {@link #recordSent}; any thread may
 * call {@link #wake}.
 */
final class StreamPacer implements AutoCloseable {

  /** The minimum interval between two progress events: four a second. */
  static final Duration PROGRESS_INTERVAL = Duration.ofMillis(250);

  private static final Duration KEEP_ALIVE_INTERVAL = Duration.ofSeconds(15);

  private final UUID batch;
  private final BooleanSupplier open;
  private final Duration pollInterval;
  private final Consumer<StreamPacer> onClose;
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition changed = lock.newCondition();
  private boolean notified;

  // The first keep-alive is due at once: the response headers go out with the first bytes.
  private long lastSentNanos = System.nanoTime() - KEEP_ALIVE_INTERVAL.toNanos();

  /**
   * @param open returns false once the server stops
   * @param pollInterval the longest wait
   * @param onClose called when the response ends
   */
  StreamPacer(
      UUID batch, BooleanSupplier open, Duration pollInterval, Consumer<StreamPacer> onClose) {
    this.batch = batch;
    this.open = open;
    this.pollInterval = pollInterval;
    this.onClose = onClose;
  }

  UUID batch() {
    return batch;
  }

  /** Records that the response has sent something. */
  void recordSent() {
    lastSentNanos = System.nanoTime();
  }

  /** Returns true when nothing was sent for 15 seconds; the caller then sends a keep-alive. */
  boolean keepAliveDue() {
    boolean due = System.nanoTime() - lastSentNanos >= KEEP_ALIVE_INTERVAL.toNanos();
    if (due) {
      recordSent();
    }
    return due;
  }

  /** Ends the current or next wait, because the batch has changed. */
  void wake() {
    lock.lock();
    try {
      notified = true;
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
  void awaitChange() throws InterruptedIOException {
    awaitChange(pollInterval);
  }

  /**
   * As {@link #awaitChange()}, but at most for {@link #PROGRESS_INTERVAL}, because a progress event
   * is due.
   */
  void awaitChangeBriefly() throws InterruptedIOException {
    awaitChange(pollInterval.compareTo(PROGRESS_INTERVAL) < 0 ? pollInterval : PROGRESS_INTERVAL);
  }

  private void awaitChange(Duration maxWait) throws InterruptedIOException {
    try {
      await(maxWait.toNanos());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new InterruptedIOException("the server is stopping");
    }
    if (!open.getAsBoolean()) {
      throw new InterruptedIOException("the server is stopping");
    }
  }

  private void await(long maxNanos) throws InterruptedException {
    lock.lock();
    try {
      long remaining = maxNanos;
      while (!notified && remaining > 0) {
        remaining = changed.awaitNanos(remaining);
      }
      notified = false;
    } finally {
      lock.unlock();
    }
  }

  @Override
  public void close() {
    onClose.accept(this);
  }
}
