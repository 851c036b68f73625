package io.headgate.bench;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;

/**
 * The jobs of every product: the first few to start run until {@link #release}, the others are
 * short. {@code workload.mjs} does the same for the Node.js products.
 */
final class Workload {

  /** How many jobs are long. */
  static final int LONG = 8;

  /** How many jobs may run at once. The long ones occupy half of the workers. */
  static final int WORKERS = 16;

  static final Duration SHORT = Duration.ofMillis(100);

  private final AtomicLong started = new AtomicLong();
  private final AtomicLong running = new AtomicLong();
  private final AtomicLong interrupted = new AtomicLong();
  private final CountDownLatch released = new CountDownLatch(1);
  private final CountDownLatch never = new CountDownLatch(1);

  /**
   * Runs one job on the caller's thread.
   *
   * @throws InterruptedException when the job was interrupted
   */
  void run() throws InterruptedException {
    long number = started.incrementAndGet();
    running.incrementAndGet();
    try {
      if (number <= LONG) {
        released.await();
      } else if (never.await(SHORT.toMillis(), TimeUnit.MILLISECONDS)) {
        throw new IllegalStateException("the latch must never open");
      }
    } catch (InterruptedException e) {
      interrupted.incrementAndGet();
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
    return new Tally(started.get(), running.get(), interrupted.get());
  }

  /**
   * The jobs of one product at one moment, as counted by the process that runs them.
   *
   * @param interrupted running jobs that received an interrupt or abort signal
   */
  record Tally(long started, long running, long interrupted) {}
}
