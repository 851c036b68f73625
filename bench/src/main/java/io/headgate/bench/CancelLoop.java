package io.headgate.bench;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.Predicate;

/**
 * The loop that a user needs when a product cancels one job per call. It uses several threads, so
 * that their commits share disk writes.
 */
final class CancelLoop {

  static final int THREADS = 8;

  private final long endNanos;
  private long cancelled;

  private CancelLoop(Duration limit) {
    this.endNanos = System.nanoTime() + limit.toNanos();
  }

  static CancelLoop within(Duration limit) {
    return new CancelLoop(limit);
  }

  boolean isOverLimit() {
    return System.nanoTime() - endNanos > 0;
  }

  /** How many calls reported a cancel. */
  long cancelled() {
    return cancelled;
  }

  /** Cancels each job within the time limit and returns how many this call cancelled. */
  <T> long cancelAll(Collection<T> jobs, Predicate<T> cancel) throws Exception {
    Queue<T> remaining = new ConcurrentLinkedQueue<>(jobs);
    long cancelledNow = 0;
    try (ExecutorService threads =
        Executors.newFixedThreadPool(THREADS, Thread.ofPlatform().name("cancel-", 0).factory())) {
      List<Future<Long>> counts = new ArrayList<>();
      for (int i = 0; i < THREADS; i++) {
        counts.add(threads.submit(() -> cancelUntilEnd(remaining, cancel)));
      }
      for (Future<Long> count : counts) {
        cancelledNow += count.get();
      }
    }
    cancelled += cancelledNow;
    return cancelledNow;
  }

  private <T> long cancelUntilEnd(Queue<T> remaining, Predicate<T> cancel) {
    long count = 0;
    for (T job = remaining.poll(); job != null && !isOverLimit(); job = remaining.poll()) {
      count += cancel.test(job) ? 1 : 0;
    }
    return count;
  }
}
