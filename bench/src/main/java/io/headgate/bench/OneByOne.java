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
final class OneByOne {

  static final int THREADS = 8;

  private final long endNanos;
  private long cancelled;

  private OneByOne(Duration limit) {
    this.endNanos = System.nanoTime() + limit.toNanos();
  }

  static OneByOne within(Duration limit) {
    return new OneByOne(limit);
  }

  boolean late() {
    return System.nanoTime() - endNanos > 0;
  }

  /** How many calls reported a cancel. */
  long cancelled() {
    return cancelled;
  }

  /** Cancels each job within the time limit and returns how many this call cancelled. */
  <T> long all(Collection<T> jobs, Predicate<T> cancel) throws Exception {
    Queue<T> left = new ConcurrentLinkedQueue<>(jobs);
    long now = 0;
    try (ExecutorService threads =
        Executors.newFixedThreadPool(THREADS, Thread.ofPlatform().name("cancel-", 0).factory())) {
      List<Future<Long>> counts = new ArrayList<>();
      for (int i = 0; i < THREADS; i++) {
        counts.add(threads.submit(() -> some(left, cancel)));
      }
      for (Future<Long> count : counts) {
        now += count.get();
      }
    }
    cancelled += now;
    return now;
  }

  private <T> long some(Queue<T> left, Predicate<T> cancel) {
    long count = 0;
    for (T job = left.poll(); job != null && !late(); job = left.poll()) {
      count += cancel.test(job) ? 1 : 0;
    }
    return count;
  }
}
