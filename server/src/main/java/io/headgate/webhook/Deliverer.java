package io.headgate.webhook;

import io.headgate.batch.Ids;
import io.headgate.db.Database;
import io.headgate.outbound.Outbound;
import io.headgate.webhook.DeliveryQueue.EndpointLease;
import io.headgate.webhook.DeliveryQueue.ReadyEndpoint;
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
 * Starts a thread for each endpoint that has due deliveries, within the limits of {@link
 * DeliverySlots}. The thread delivers in order and ends when nothing is due. Any number of nodes
 * may run one on the same database: an endpoint is leased to one of them at a time.
 */
final class Deliverer implements AutoCloseable {

  /** Added to the longest attempt in a lease: time to store its result. */
  private static final Duration LEASE_MARGIN = Duration.ofSeconds(10);

  private static final Duration SHUTDOWN_WAIT = Duration.ofSeconds(2);

  private final Database database;
  private final InstantSource clock;
  private final Outbound outbound;
  private final EndpointSecrets secrets;
  private final Map<String, WebhookFormat> formats = new ConcurrentHashMap<>();
  private final DeliverySlots slots = new DeliverySlots();
  private final ExecutorService threads =
      Executors.newThreadPerTaskExecutor(Thread.ofVirtual().name("webhook-", 0).factory());
  private volatile Runnable onThreadEnd = () -> {};
  private volatile boolean closing;

  Deliverer(Database database, InstantSource clock, Outbound outbound, EndpointSecrets secrets) {
    this.database = database;
    this.clock = clock;
    this.outbound = outbound;
    this.secrets = secrets;
  }

  /**
   * Registers a format.
   *
   * @throws IllegalArgumentException for a second format of the same name
   */
  void add(WebhookFormat format) {
    if (formats.putIfAbsent(format.name(), format) != null) {
      throw new IllegalArgumentException(
          "Webhook format " + format.name() + " is registered twice.");
    }
  }

  /** Sets what to call whenever a delivery thread ends: a slot is free and more may be due. */
  void onThreadEnd(Runnable listener) {
    onThreadEnd = listener;
  }

  /** Starts deliveries to endpoints where some are due; returns false when there were none. */
  boolean runOnce() {
    if (closing || slots.full()) {
      return false;
    }
    Instant now = clock.instant();
    List<ReadyEndpoint> chosen =
        slots.reserve(database.read(tx -> DeliveryQueue.readyEndpoints(tx, formats.keySet(), now)));
    if (chosen.isEmpty()) {
      return false;
    }
    Set<UUID> notLeased = chosen.stream().map(ReadyEndpoint::endpoint).collect(Collectors.toSet());
    try {
      for (EndpointLease lease : lease(chosen, now)) {
        threads.execute(() -> deliver(lease));
        notLeased.remove(lease.endpoint().id());
      }
    } finally {
      notLeased.forEach(slots::release);
    }
    return notLeased.size() < chosen.size();
  }

  private List<EndpointLease> lease(List<ReadyEndpoint> chosen, Instant now) {
    List<UUID> ids = chosen.stream().map(ReadyEndpoint::endpoint).toList();
    List<Instant> untils =
        chosen.stream().map(candidate -> now.plus(leaseTerm(format(candidate.format())))).toList();
    return database.inTransaction(tx -> DeliveryQueue.lease(tx, Ids.next(), ids, untils, now));
  }

  private void deliver(EndpointLease lease) {
    WebhookFormat format = format(lease.endpoint().settings().format());
    MessageSender sender = new MessageSender(outbound, clock, secrets);
    try {
      new EndpointDelivery(database, clock, sender, format, leaseTerm(format))
          .deliver(lease, () -> closing);
    } finally {
      slots.release(lease.endpoint().id());
      onThreadEnd.run();
    }
  }

  private WebhookFormat format(String name) {
    WebhookFormat format = formats.get(name);
    if (format == null) {
      throw new IllegalStateException("No webhook format is called " + name + ".");
    }
    return format;
  }

  private static Duration leaseTerm(WebhookFormat format) {
    return format.timeout().plus(EndpointDelivery.MAX_DURATION).plus(LEASE_MARGIN);
  }

  /** Waits until no delivery thread runs. */
  void awaitIdle() throws InterruptedException {
    slots.awaitEmpty();
  }

  /** Starts no more deliveries and gives those under way a moment to end. */
  @Override
  public void close() {
    closing = true;
    threads.shutdown();
    try {
      if (!threads.awaitTermination(SHUTDOWN_WAIT.toMillis(), TimeUnit.MILLISECONDS)) {
        threads.shutdownNow();
        threads.awaitTermination(SHUTDOWN_WAIT.toMillis(), TimeUnit.MILLISECONDS);
      }
    } catch (InterruptedException e) {
      threads.shutdownNow();
      Thread.currentThread().interrupt();
    }
  }
}
