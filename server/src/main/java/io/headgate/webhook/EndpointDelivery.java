package io.headgate.webhook;

import io.headgate.db.Database;
import io.headgate.db.Tx;
import io.headgate.webhook.DeliveryQueue.DeliveryResult;
import io.headgate.webhook.DeliveryQueue.DueDelivery;
import io.headgate.webhook.DeliveryQueue.EndpointLease;
import io.headgate.webhook.DeliveryQueue.LeaseReport;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.function.BooleanSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Delivers to one endpoint under its lease: reads some due deliveries, sends them one after the
 * other, stores their results in one transaction, and continues while there are more. The first
 * failure ends it. Events whose result a crash kept from being stored are sent again, under the
 * same ids.
 */
final class EndpointDelivery {

  private static final Logger log = LoggerFactory.getLogger(EndpointDelivery.class);

  /** Deliveries that are read, and stored, together. */
  private static final int BATCH_SIZE = 200;

  /** After this time the results so far are stored. */
  static final Duration MAX_DURATION = Duration.ofSeconds(5);

  private final Database database;
  private final InstantSource clock;
  private final MessageSender sender;
  private final WebhookFormat format;
  private final Duration leaseTerm;

  /**
   * @param leaseTerm the duration of a lease
   */
  EndpointDelivery(
      Database database,
      InstantSource clock,
      MessageSender sender,
      WebhookFormat format,
      Duration leaseTerm) {
    this.database = database;
    this.clock = clock;
    this.sender = sender;
    this.format = format;
    this.leaseTerm = leaseTerm;
  }

  /** Returns when nothing more is due, an attempt failed, or {@code stopped} returns true. */
  void deliver(EndpointLease lease, BooleanSupplier stopped) {
    UUID endpoint = lease.endpoint().id();
    try {
      List<DueDelivery> due = firstDue(lease);
      while (!due.isEmpty()) {
        due = deliver(lease, due, stopped);
      }
    } catch (RuntimeException e) {
      // The lease expires, and its next holder continues after the results that were stored.
      log.warn("Deliveries to webhook {} stopped after an error", endpoint, e);
    }
  }

  private List<DueDelivery> firstDue(EndpointLease lease) {
    return database.inTransaction(tx -> nextOrRelease(tx, lease));
  }

  /**
   * Reads what is due next. When nothing is, the lease is released in the same transaction:
   * otherwise it would delay later events until it expires.
   */
  private List<DueDelivery> nextOrRelease(Tx tx, EndpointLease lease) {
    List<DueDelivery> next =
        DeliveryQueue.next(tx, lease.endpoint().id(), BATCH_SIZE, clock.instant());
    if (next.isEmpty()) {
      DeliveryQueue.release(tx, lease);
    }
    return next;
  }

  /** Delivers these; returns the next, or none when the lease was released. */
  private List<DueDelivery> deliver(
      EndpointLease lease, List<DueDelivery> due, BooleanSupplier stopped) {
    List<DeliveryResult> results = new ArrayList<>();
    List<UUID> dropped = new ArrayList<>();
    boolean accepted = true;
    boolean interrupted = false;
    long startedNanos = System.nanoTime();
    for (DueDelivery delivery : due) {
      boolean late = System.nanoTime() - startedNanos > MAX_DURATION.toNanos();
      if (!accepted || late || stopped.getAsBoolean()) {
        break;
      }
      try {
        Optional<DeliveryResult> outcome = attempt(lease, delivery);
        outcome.ifPresentOrElse(results::add, () -> dropped.add(delivery.event().id()));
        accepted = outcome.map(o -> o.outcome() instanceof DeliveryOutcome.Delivered).orElse(true);
      } catch (InterruptedException e) {
        interrupted = true; // the results so far are still stored
        break;
      }
    }
    boolean more = accepted && !interrupted && !stopped.getAsBoolean() && due.size() == BATCH_SIZE;
    return settle(lease, new LeaseReport(results, dropped), more);
  }

  private List<DueDelivery> settle(EndpointLease lease, LeaseReport report, boolean more) {
    Instant now = clock.instant();
    Instant until = more ? now.plus(leaseTerm) : null;
    return database.inTransaction(tx ->
        DeliveryQueue.store(tx, lease, report, until, now) ? nextOrRelease(tx, lease) : List.of());
  }

  /** Empty when the endpoint gets no message for this event. */
  private Optional<DeliveryResult> attempt(EndpointLease lease, DueDelivery due)
      throws InterruptedException {
    UUID id = due.event().id();
    int number = due.attempts() + 1;
    Optional<MessageSender.SendResult> sent = send(lease, due.event());
    if (sent.isEmpty()) {
      return Optional.empty();
    }
    DeliveryAttempt attempt = sent.get().attempt();
    DeliveryOutcome outcome =
        DeliveryOutcome.after(attempt, number, sent.get().requestedWait(), format, clock.instant());
    if (outcome instanceof DeliveryOutcome.DeliveryFailed(String reason)) {
      log.warn("Webhook {} is disabled: {}", lease.endpoint().id(), reason);
    }
    return Optional.of(new DeliveryResult(id, outcome, attempt, number));
  }

  private Optional<MessageSender.SendResult> send(EndpointLease lease, WebhookEvent event)
      throws InterruptedException {
    try {
      Optional<WebhookMessage> message = format.message(lease.endpoint(), event);
      return message.isEmpty()
          ? Optional.empty()
          : Optional.of(sender.send(lease, event.id(), message.get(), format.timeout()));
    } catch (RuntimeException e) {
      // A bug of this server: it must show in the delivery log and affect no other endpoint.
      log.error("Cannot build the message of event {}", event.id(), e);
      String error = "the message could not be built";
      DeliveryAttempt failed =
          new DeliveryAttempt(clock.instant(), null, Duration.ZERO, error, null);
      return Optional.of(new MessageSender.SendResult(failed, Duration.ZERO));
    }
  }
}
