package io.headgate.processor.scrape;

import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/**
 * Limits concurrent fetches and the fetch rate for each host on this node. First come, first
 * served. Batches with the same limit share its slots; the delay counts from the last fetch of any
 * batch. Thread-safe.
 */
final class HostLimiter {

  /**
   * The limit of a batch for each host.
   *
   * @param concurrency maximum number of concurrent fetches from one host
   * @param delay from the start of one fetch to the start of the next
   * @param inBrowser true for fetches in a browser. They have slots of their own, because they hold
   *     them while they wait for a browser and must not delay plain fetches
   */
  record HostLimit(int concurrency, Duration delay, boolean inBrowser) {

    HostLimit forMode(boolean inBrowser) {
      return new HostLimit(concurrency, delay, inBrowser);
    }
  }

  /** Permission to fetch; closing it frees the slot. */
  interface HostSlot extends AutoCloseable {
    @Override
    void close();
  }

  private static final int SWEEP_EVERY = 1_000;

  private final AtomicInteger acquisitions = new AtomicInteger();
  private final ConcurrentHashMap<String, HostState> hosts = new ConcurrentHashMap<>();

  /**
   * Waits for a slot and for the delay of the host.
   *
   * @return empty if no slot becomes free within {@code timeout}
   */
  Optional<HostSlot> acquire(String name, HostLimit limit, Duration timeout)
      throws InterruptedException {
    long deadline = System.nanoTime() + timeout.toNanos();
    HostState host = register(name);
    Semaphore slots = host.slots(limit);
    boolean granted = false;
    boolean hasSlot = false;
    try {
      hasSlot = slots.tryAcquire(timeout.toNanos(), TimeUnit.NANOSECONDS);
      granted = hasSlot && host.awaitStart(limit.delay(), deadline);
    } finally {
      if (hasSlot && !granted) {
        slots.release();
      }
      if (!granted) {
        unregister(name);
      }
    }
    return granted ? Optional.of(() -> release(name, slots)) : Optional.empty();
  }

  private void release(String name, Semaphore slots) {
    slots.release();
    unregister(name);
  }

  private HostState register(String name) {
    if (acquisitions.incrementAndGet() % SWEEP_EVERY == 0) {
      hosts.keySet().forEach(each -> hosts.computeIfPresent(each, HostLimiter::unlessIdle));
    }
    return hosts.compute(
        name,
        (_, existing) -> {
          HostState host = existing == null ? new HostState() : existing;
          host.users++;
          return host;
        });
  }

  private void unregister(String name) {
    hosts.computeIfPresent(
        name,
        (_, host) -> {
          host.users--;
          return unlessIdle(name, host);
        });
  }

  /** Removes an idle host once its delay has passed; until then it stays for a later sweep. */
  private static @Nullable HostState unlessIdle(String name, HostState host) {
    return host.users == 0 && host.isDelayOver() ? null : host;
  }

  int hostCount() {
    return hosts.size();
  }

  /** Key of the fetches that share slots. */
  private record SlotKey(int permits, boolean inBrowser) {}

  /** State of a host. The map lock guards {@code users}; the monitor guards the rest. */
  private static final class HostState {

    private int users;
    private final Map<SlotKey, Semaphore> slots = new HashMap<>();
    private long nextStart = System.nanoTime();

    synchronized Semaphore slots(HostLimit limit) {
      return slots.computeIfAbsent(
          new SlotKey(limit.concurrency(), limit.inBrowser()),
          key -> new Semaphore(key.permits(), true));
    }

    synchronized boolean isDelayOver() {
      return nextStart - System.nanoTime() <= 0;
    }

    /** Reserves the next start time and waits for it; false if it is after the deadline. */
    boolean awaitStart(Duration delay, long deadline) throws InterruptedException {
      long start;
      synchronized (this) {
        long now = System.nanoTime();
        start = nextStart - now > 0 ? nextStart : now;
        if (start - deadline > 0) {
          return false;
        }
        nextStart = start + delay.toNanos();
      }
      long wait = start - System.nanoTime();
      if (wait > 0) {
        TimeUnit.NANOSECONDS.sleep(wait);
      }
      return true;
    }
  }
}
