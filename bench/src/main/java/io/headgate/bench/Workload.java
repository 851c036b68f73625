package io.headgate.bench;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;

/**
 * What the jobs of every contender do: the first few to start hold on until they are let go, the
 * others are short. The same as {@code workload.mjs} does.
 */
final class Workload {

  /** Jobs that hold on. */
  static final int LONG = 8;

  /** Jobs that may run at once: the long ones hold half of the workers. */
  static final int WORKERS = 16;

  static final Duration SHORT = Duration.ofMillis(100);

  private final AtomicLong started = new AtomicLong();
  private final AtomicLong running = new AtomicLong();
  private final AtomicLong told = new AtomicLong();
  private final CountDownLatch released = new CountDownLatch(1);
  private final CountDownLatch never = new CountDownLatch(1);

  /**
   * Runs one job on the caller's thread.
   *
   * @throws InterruptedException when it was told to stop
   */
  void run() throws InterruptedException {
    long number = started.incrementAndGet();
    running.incrementAndGet();
    try {
      if (number <= LONG) {
        released.await();
      } else if (never.await(SHORT.toMillis(), TimeUnit.MILLISECONDS)) {
        throw new IllegalStateException("nobody counts this latch down");
      }
    } catch (InterruptedException e) {
      told.incrementAndGet();
      throw e;
    } finally {
      running.decrementAndGet();
    }
  }

  /** Ends the long jobs. */
  void release() {
    released.countDown();
  }

  Tally tally() {
    return new Tally(started.get(), running.get(), told.get());
  }

  /**
   * Jobs of one contender at one moment, as the process that runs them counts.
   *
   * @param told running jobs that were told to stop
   */
  record Tally(long started, long running, long told) {}
}
