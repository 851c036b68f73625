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
 * Lets only so many at once, and only so often, at one host. First come, first served. Fetches of
 * batches with the same limit count together; the delay counts from whoever went last.
 */
final class Politeness {

  /**
   * @param concurrency fetches at once from one host
   * @param delay from the start of one to the start of the next
   * @param driven in a browser. These count apart: they hold their places while they wait for a
   *     browser, and fetches need not wait for that
   */
  record Limit(int concurrency, Duration delay, boolean driven) {

    Limit of(boolean browser) {
      return new Limit(concurrency, delay, browser);
    }
  }

  /** Leave to fetch; closing it gives the place to the next. */
  interface Turn extends AutoCloseable {
    @Override
    void close();
  }

  private static final int SWEEP_EVERY = 1_000;

  private final AtomicInteger visits = new AtomicInteger();
  private final ConcurrentHashMap<String, Host> hosts = new ConcurrentHashMap<>();

  /**
   * Waits for a turn.
   *
   * @return empty when it would not come within {@code patience}
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

  /** Forgets a host nobody is at, once its delay is over; until then it waits for the sweep. */
  private static @Nullable Host unlessIdle(String name, Host host) {
    return host.visitors == 0 && host.rested() ? null : host;
  }

  int known() {
    return hosts.size();
  }

  /** Those who share their places. */
  private record Crowd(int most, boolean driven) {}

  /** What is known of a host; {@code visitors} belongs to the map's lock, the rest to its own. */
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

    /** Takes the next moment to start and waits for it, unless it lies past the deadline. */
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
