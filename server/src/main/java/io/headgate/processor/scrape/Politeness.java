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
final class Politeness {

  /**
   * The limit of a batch for each host.
   *
   * @param concurrency maximum number of concurrent fetches from one host
   * @param delay from the start of one fetch to the start of the next
   * @param driven true for fetches in a browser. They have slots of their own, because they hold
   *     them while they wait for a browser and must not delay plain fetches
   */
  record Limit(int concurrency, Duration delay, boolean driven) {

    Limit of(boolean browser) {
      return new Limit(concurrency, delay, browser);
    }
  }

  /** Permission to fetch; closing it frees the slot. */
  interface Turn extends AutoCloseable {
    @Override
    void close();
  }

  private static final int SWEEP_EVERY = 1_000;

  private final AtomicInteger visits = new AtomicInteger();
  private final ConcurrentHashMap<String, Host> hosts = new ConcurrentHashMap<>();

  /**
   * Waits for a slot and for the delay of the host.
   *
   * @return empty if no slot becomes free within {@code patience}
   */
  Optional<Turn> await(String name, Limit limit, Duration patience) throws InterruptedException {
    long deadline = System.nanoTime() + patience.toNanos();
    Host host = enter(name);
    Semaphore places = host.places(limit);
    boolean turn = false;
    boolean place = false;
    try {
      place = places.tryAcquire(patience.toNanos(), TimeUnit.NANOSECONDS);
      turn = place && host.awaitStart(limit.delay(), deadline);
    } finally {
      if (place && !turn) {
        places.release();
      }
      if (!turn) {
        leave(name);
      }
    }
    return turn ? Optional.of(() -> end(name, places)) : Optional.empty();
  }

  private void end(String name, Semaphore places) {
    places.release();
    leave(name);
  }

  private Host enter(String name) {
    if (visits.incrementAndGet() % SWEEP_EVERY == 0) {
      hosts.keySet().forEach(each -> hosts.computeIfPresent(each, Politeness::unlessIdle));
    }
    return hosts.compute(
        name,
        (_, known) -> {
          Host host = known == null ? new Host() : known;
          host.visitors++;
          return host;
        });
  }

  private void leave(String name) {
    hosts.computeIfPresent(
        name,
        (_, host) -> {
          host.visitors--;
          return unlessIdle(name, host);
        });
  }

  /** Removes an idle host once its delay has passed; until then it stays for a later sweep. */
  private static @Nullable Host unlessIdle(String name, Host host) {
    return host.visitors == 0 && host.rested() ? null : host;
  }

  int known() {
    return hosts.size();
  }

  /** Key of the fetches that share slots. */
  private record Crowd(int most, boolean driven) {}

  /** State of a host. The map lock guards {@code visitors}; the monitor guards the rest. */
  private static final class Host {

    private int visitors;
    private final Map<Crowd, Semaphore> places = new HashMap<>();
    private long nextStart = System.nanoTime();

    synchronized Semaphore places(Limit limit) {
      return places.computeIfAbsent(
          new Crowd(limit.concurrency(), limit.driven()),
          crowd -> new Semaphore(crowd.most(), true));
    }

    synchronized boolean rested() {
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
