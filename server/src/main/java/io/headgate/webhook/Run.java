package io.headgate.webhook;

import io.headgate.db.Database;
import io.headgate.db.Tx;
import io.headgate.webhook.Line.Due;
import io.headgate.webhook.Line.Lease;
import io.headgate.webhook.Line.Report;
import io.headgate.webhook.Line.Tried;
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
final class Run {

  private static final Logger log = LoggerFactory.getLogger(Run.class);

  /** Deliveries that are read, and stored, together. */
  private static final int TOGETHER = 200;

  /** After this time the results so far are stored. */
  static final Duration LONGEST = Duration.ofSeconds(5);

  private final Database database;
  private final InstantSource clock;
  private final Sender sender;
  private final Format format;
  private final Duration term;

  /**
   * @param term the duration of a lease
   */
  Run(Database database, InstantSource clock, Sender sender, Format format, Duration term) {
    this.database = database;
    this.clock = clock;
    this.sender = sender;
    this.format = format;
    this.term = term;
  }

  /** Returns when nothing more is due, an attempt failed, or {@code enough} returns true. */
  void deliver(Lease lease, BooleanSupplier enough) {
    UUID endpoint = lease.endpoint().id();
    try {
      List<Due> due = begin(lease);
      while (!due.isEmpty()) {
        due = deliver(lease, due, enough);
      }
    } catch (RuntimeException e) {
      // The lease expires, and its next holder continues after the results that were stored.
      log.warn("Deliveries to webhook {} stopped after an error", endpoint, e);
    }
  }

  private List<Due> begin(Lease lease) {
    return database.inTransaction(tx -> nextOrGiveBack(tx, lease));
  }

  /**
   * Reads what is due next. When nothing is, the lease is released in the same transaction:
   * otherwise it would delay later events until it expires.
   */
  private List<Due> nextOrGiveBack(Tx tx, Lease lease) {
    List<Due> next = Line.next(tx, lease.endpoint().id(), TOGETHER, clock.instant());
    if (next.isEmpty()) {
      Line.giveBack(tx, lease);
    }
    return next;
  }

  /** Delivers these; returns the next, or none when the lease was released. */
  private List<Due> deliver(Lease lease, List<Due> due, BooleanSupplier enough) {
    List<Tried> tried = new ArrayList<>();
    List<UUID> unsaid = new ArrayList<>();
    boolean arrived = true;
    boolean interrupted = false;
    long begun = System.nanoTime();
    for (Due one : due) {
      boolean late = System.nanoTime() - begun > LONGEST.toNanos();
      if (!arrived || late || enough.getAsBoolean()) {
        break;
      }
      try {
        Optional<Tried> outcome = attempt(lease, one);
        outcome.ifPresentOrElse(tried::add, () -> unsaid.add(one.event().id()));
        arrived = outcome.map(o -> o.verdict() instanceof Verdict.Arrived).orElse(true);
      } catch (InterruptedException e) {
        interrupted = true; // the results so far are still stored
        break;
      }
    }
    boolean more = arrived && !interrupted && !enough.getAsBoolean() && due.size() == TOGETHER;
    return settle(lease, new Report(tried, unsaid), more);
  }

  private List<Due> settle(Lease lease, Report report, boolean more) {
    Instant now = clock.instant();
    Instant until = more ? now.plus(term) : null;
    return database.inTransaction(
        tx -> Line.settle(tx, lease, report, until, now) ? nextOrGiveBack(tx, lease) : List.of());
  }

  /** Empty when the endpoint gets no message for this event. */
  private Optional<Tried> attempt(Lease lease, Due due) throws InterruptedException {
    UUID id = due.event().id();
    int number = due.tries() + 1;
    Optional<Sender.Sent> sent = send(lease, due.event());
    if (sent.isEmpty()) {
      return Optional.empty();
    }
    Attempt attempt = sent.get().attempt();
    Verdict verdict = Verdict.after(attempt, number, sent.get().asked(), format, clock.instant());
    if (verdict instanceof Verdict.GivenUp(String reason)) {
      log.warn("Webhook {} is disabled: {}", lease.endpoint().id(), reason);
    }
    return Optional.of(new Tried(id, verdict, attempt, number));
  }

  private Optional<Sender.Sent> send(Lease lease, Event event) throws InterruptedException {
    try {
      Optional<Message> message = format.word(lease.endpoint(), event);
      return message.isEmpty()
          ? Optional.empty()
          : Optional.of(sender.send(lease, event.id(), message.get(), format.timeout()));
    } catch (RuntimeException e) {
      // A bug of this server: it must show in the delivery log and affect no other endpoint.
      log.error("Cannot build the message of event {}", event.id(), e);
      String error = "the message could not be built";
      Attempt failed = new Attempt(clock.instant(), null, Duration.ZERO, error, null);
      return Optional.of(new Sender.Sent(failed, Duration.ZERO));
    }
  }
}
