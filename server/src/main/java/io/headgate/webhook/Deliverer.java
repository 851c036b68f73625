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
 * Starts a thread for each endpoint that has due deliveries, within the limits of {@link Berths}.
 * The thread delivers in order and ends when nothing is due. Any number of nodes may run one on the
 * same database: an endpoint is leased to one of them at a time.
 */
final class Deliverer implements AutoCloseable {

  /** Added to the longest attempt in a lease: time to store its result. */
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
   * Registers a format.
   *
   * @throws IllegalArgumentException for a second format of the same name
   */
  void add(Format format) {
    if (formats.putIfAbsent(format.name(), format) != null) {
      throw new IllegalArgumentException(
          "Webhook format " + format.name() + " is registered twice.");
    }
  }

  /** Sets what to call whenever a delivery thread ends: a slot is free and more may be due. */
  void whenFree(Runnable hearer) {
    whenFree = hearer;
  }

  /** Starts deliveries to endpoints where some are due; returns false when there were none. */
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
      throw new IllegalStateException("No webhook format is called " + name + ".");
    }
    return format;
  }

  private static Duration term(Format format) {
    return format.timeout().plus(Run.LONGEST).plus(SLACK);
  }

  /** Waits until no delivery thread runs. */
  void awaitIdle() throws InterruptedException {
    berths.awaitEmpty();
  }

  /** Starts no more deliveries and gives those under way a moment to end. */
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
