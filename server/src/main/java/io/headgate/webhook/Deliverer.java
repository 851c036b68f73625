package io.headgate.webhook;

import io.headgate.batch.Ids;
import io.headgate.db.Database;
import io.headgate.outbound.Outbound;
import io.headgate.webhook.Line.Candidate;
import io.headgate.webhook.Line.Lease;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;

/**
 * Gives every endpoint that something waits for a thread of its own, as far as there is room; the
 * thread delivers in order and leaves. Any number of nodes do so on one database.
 */
final class Deliverer implements AutoCloseable {

  /** Beyond the longest attempt: for the run before it, and for settling it. */
  private static final Duration SLACK = Duration.ofSeconds(10);

  private static final Duration LAST_DELIVERIES = Duration.ofSeconds(2);

  private final Database database;
  private final InstantSource clock;
  private final Outbound outbound;
  private final Vault vault;
  private final Map<String, Format> formats = new ConcurrentHashMap<>();
  private final Berths berths = new Berths();
  private final ExecutorService threads =
      Executors.newThreadPerTaskExecutor(Thread.ofVirtual().name("webhook-", 0).factory());
  private volatile Runnable whenFree = () -> {};
  private volatile boolean closing;

  Deliverer(Database database, InstantSource clock, Outbound outbound, Vault vault) {
    this.database = database;
    this.clock = clock;
    this.outbound = outbound;
    this.vault = vault;
  }

  /**
   * @throws IllegalArgumentException for a second format of one name
   */
  void add(Format format) {
    if (formats.putIfAbsent(format.name(), format) != null) {
      throw new IllegalArgumentException("two formats are called " + format.name());
    }
  }

  /** Calls {@code hearer} whenever an endpoint is left: there may be more for it, or room. */
  void whenFree(Runnable hearer) {
    whenFree = hearer;
  }

  /** Begins to deliver to endpoints where something is due; true when there were any. */
  boolean runOnce() {
    if (closing || berths.full()) {
      return false;
    }
    Instant now = clock.instant();
    List<Candidate> chosen =
        berths.take(database.read(tx -> Line.candidates(tx, formats.keySet(), now)));
    if (chosen.isEmpty()) {
      return false;
    }
    Set<UUID> unled = chosen.stream().map(Candidate::endpoint).collect(Collectors.toSet());
    try {
      for (Lease lease : lease(chosen, now)) {
        threads.execute(() -> deliver(lease));
        unled.remove(lease.endpoint().id());
      }
    } finally {
      unled.forEach(berths::leave);
    }
    return unled.size() < chosen.size();
  }

  private List<Lease> lease(List<Candidate> chosen, Instant now) {
    List<UUID> ids = chosen.stream().map(Candidate::endpoint).toList();
    List<Instant> untils =
        chosen.stream().map(candidate -> now.plus(term(format(candidate.format())))).toList();
    return database.inTransaction(tx -> Line.lease(tx, Ids.next(), ids, untils, now));
  }

  private void deliver(Lease lease) {
    Format format = format(lease.endpoint().settings().format());
    Sender sender = new Sender(outbound, clock, vault);
    try {
      new Run(database, clock, sender, format, term(format)).deliver(lease, () -> closing);
    } finally {
      berths.leave(lease.endpoint().id());
      whenFree.run();
    }
  }

  private Format format(String name) {
    Format format = formats.get(name);
    if (format == null) {
      throw new IllegalStateException("no format " + name);
    }
    return format;
  }

  private static Duration term(Format format) {
    return format.timeout().plus(Run.LONGEST).plus(SLACK);
  }

  /** Waits until nothing is delivered any more. */
  void awaitIdle() throws InterruptedException {
    berths.awaitEmpty();
  }

  /** Begins nothing more; what is on its way is given a moment to arrive. */
  @Override
  public void close() {
    closing = true;
    threads.shutdown();
    try {
      if (!threads.awaitTermination(LAST_DELIVERIES.toMillis(), TimeUnit.MILLISECONDS)) {
        threads.shutdownNow();
        threads.awaitTermination(LAST_DELIVERIES.toMillis(), TimeUnit.MILLISECONDS);
      }
    } catch (InterruptedException e) {
      threads.shutdownNow();
      Thread.currentThread().interrupt();
    }
  }
}
