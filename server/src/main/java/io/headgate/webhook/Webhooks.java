package io.headgate.webhook;

import io.headgate.db.Database;
import io.headgate.db.Listener;
import io.headgate.db.Loop;
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
  private static final Duration LOOK = Duration.ofSeconds(1);

  private static final Duration FORGET = Duration.ofMinutes(1);

  private final Endpoints endpoints;
  private final Deliveries deliveries;
  private final Deliverer deliverer;
  private final Loop loop;
  private final Loop fanningOut;
  private final Loop forgetting;
  private Listener.@Nullable Subscription hearing;

  /**
   * @param key 256 bits that all nodes share; encrypts the signing secrets
   */
  public Webhooks(Database database, InstantSource clock, Outbound outbound, byte[] key) {
    Vault vault = new Vault(key);
    this.endpoints = new Endpoints(database, clock, outbound.targetCheck(), vault);
    this.deliveries = new Deliveries(database, clock);
    this.deliverer = new Deliverer(database, clock, outbound, vault);
    this.loop = new Loop("headgate-webhooks", LOOK, deliverer::runOnce);
    this.fanningOut = new Loop("headgate-events", LOOK, new EventFanOut(database)::runOnce);
    this.forgetting = new Loop("headgate-webhook-log", FORGET, deliveries::forget);
    deliverer.add(new NativeFormat());
    deliverer.whenFree(loop::wake);
  }

  /**
   * Registers the format of a dialect. To be called before {@link #start}.
   *
   * @throws IllegalArgumentException for a second format of the same name
   */
  public void add(Format format) {
    deliverer.add(format);
  }

  /** Starts the loops. */
  public void start(Listener listener) {
    hearing = listener.hear(this::hear);
    fanningOut.start();
    loop.start();
    forgetting.start();
  }

  private void hear(Signal signal) {
    switch (signal) {
      case Signal.Delivery() -> {
        fanningOut.wake();
        loop.wake();
      }
      case Signal.Work(), Signal.Interrupt _, Signal.Changed _ -> {}
    }
  }

  /** The loops that deliver and that delete old deliveries. */
  public List<Loop> loops() {
    return List.of(loop, forgetting);
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
    Optional.ofNullable(hearing).ifPresent(Listener.Subscription::close);
    fanningOut.close();
    loop.close();
    forgetting.close();
    deliverer.close();
  }
}
