package io.headgate.webhook;

import io.headgate.db.Database;
import io.headgate.db.Loop;
import io.headgate.db.NotificationListener;
import io.headgate.db.Signal;
import io.headgate.outbound.Outbound;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The entry point of this package: endpoints, the delivery log, and the loops that distribute
 * events, deliver them and delete old ones.
 */
public final class Webhooks implements AutoCloseable {

  /** The longest delay after a lost notification, and of a retry. */
  private static final Duration POLL_INTERVAL = Duration.ofSeconds(1);

  private static final Duration DELETE_INTERVAL = Duration.ofMinutes(1);

  private final Endpoints endpoints;
  private final Deliveries deliveries;
  private final Deliverer deliverer;
  private final Loop delivering;
  private final Loop fanningOut;
  private final Loop deleting;
  private NotificationListener.@Nullable Subscription subscription;

  /**
   * @param key 256 bits that all nodes share; encrypts the signing secrets
   */
  public Webhooks(Database database, InstantSource clock, Outbound outbound, byte[] key) {
    EndpointSecrets secrets = new EndpointSecrets(key);
    this.endpoints = new Endpoints(database, clock, outbound.targetCheck(), secrets);
    this.deliveries = new Deliveries(database, clock);
    this.deliverer = new Deliverer(database, clock, outbound, secrets);
    this.delivering = new Loop("headgate-webhooks", POLL_INTERVAL, deliverer::runOnce);
    this.fanningOut =
        new Loop("headgate-events", POLL_INTERVAL, new EventFanOut(database)::runOnce);
    this.deleting = new Loop("headgate-webhook-log", DELETE_INTERVAL, deliveries::deleteOld);
    deliverer.add(new NativeWebhookFormat());
    deliverer.onThreadEnd(delivering::wake);
  }

  /**
   * Registers the format of a dialect. To be called before {@link #start}.
   *
   * @throws IllegalArgumentException for a second format of the same name
   */
  public void add(WebhookFormat format) {
    deliverer.add(format);
  }

  /** Starts the loops. */
  public void start(NotificationListener listener) {
    subscription = listener.subscribe(this::onSignal);
    fanningOut.start();
    delivering.start();
    deleting.start();
  }

  private void onSignal(Signal signal) {
    switch (signal) {
      case Signal.DeliveryDue() -> {
        fanningOut.wake();
        delivering.wake();
      }
      case Signal.WorkAvailable(), Signal.InterruptRequested _, Signal.BatchChanged _ -> {}
    }
  }

  /** The loops that deliver and that delete old deliveries. */
  public List<Loop> loops() {
    return List.of(delivering, deleting);
  }

  public Endpoints endpoints() {
    return endpoints;
  }

  public Deliveries deliveries() {
    return deliveries;
  }

  /** Starts no more deliveries and gives those under way a moment to end. */
  @Override
  public void close() {
    Optional.ofNullable(subscription).ifPresent(NotificationListener.Subscription::close);
    fanningOut.close();
    delivering.close();
    deleting.close();
    deliverer.close();
  }
}
