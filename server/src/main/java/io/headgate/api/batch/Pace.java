package io.headgate.api.batch;

import java.io.InterruptedIOException;
import java.time.Duration;
import java.util.UUID;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;

/** When a live answer looks for news, and says that it lives when there are none. */
final class Pace implements AutoCloseable {

  /** What goes on all the time is told at most four times a second. */
  static final Duration MOMENT = Duration.ofMillis(250);

  private static final Duration SIGN_OF_LIFE = Duration.ofSeconds(15);

  private final UUID batch;
  private final BooleanSupplier open;
  private final Duration lookAnyway;
  private final Consumer<Pace> leave;
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition changed = lock.newCondition();
  private boolean rung;

  // The first sign is due at once: until something goes out, a client does not even have its
  // headers.
  private long lastHeardOf = System.nanoTime() - SIGN_OF_LIFE.toNanos();

  /**
   * @param open false once the server stops
   * @param lookAnyway the longest rest
   * @param leave is told when the answer ends
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

  /** Cuts the current or next rest short: the batch changed. */
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
   * Waits for the next look.
   *
   * @throws InterruptedIOException when the server stops: the connection breaks then, as a clean
   *     end would tell the client that this was all
   */
  void rest() throws InterruptedIOException {
    rest(lookAnyway);
  }

  /** The same, for a moment at most: something is still to be told. */
  void restForAMoment() throws InterruptedIOException {
    rest(lookAnyway.compareTo(MOMENT) < 0 ? lookAnyway : MOMENT);
  }

  private void rest(Duration longest) throws InterruptedIOException {
    try {
      await(longest.toNanos());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new InterruptedIOException("the server stops");
    }
    if (!open.getAsBoolean()) {
      throw new InterruptedIOException("the server stops");
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
