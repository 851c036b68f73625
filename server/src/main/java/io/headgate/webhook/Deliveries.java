package io.headgate.webhook;

import io.headgate.batch.Ids;
import io.headgate.db.Database;
import io.headgate.db.Partitions;
import io.headgate.db.Signal;
import io.headgate.db.Tx;
import io.headgate.webhook.DeliveryLog.Published;
import io.headgate.webhook.Endpoints.WhenDone;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The delivery log: what endpoints were sent and will be sent. Safe for use by several threads. */
public final class Deliveries {

  /** How long the log keeps deliveries that arrived or failed. */
  public static final Duration REMEMBERED = Duration.ofDays(7);

  /** How long a pending delivery waits for an endpoint that is paused or does not respond. */
  public static final Duration KEPT_WAITING = Duration.ofDays(30);

  /** Rows deleted in one transaction, which takes some tens of milliseconds. */
  static final int FORGOTTEN_TOGETHER = 5_000;

  private final Database database;
  private final InstantSource clock;

  Deliveries(Database database, InstantSource clock) {
    this.database = database;
    this.clock = clock;
  }

  /**
   * Lists deliveries of an endpoint, newest first; empty when the owner has no such endpoint.
   *
   * @param state null for all
   * @param before only deliveries with smaller ids
   */
  public Optional<List<Delivery>> list(
      Owner owner, UUID endpoint, Delivery.@Nullable State state, UUID before, int rows) {
    return database.read(tx ->
        EndpointStore.find(tx, owner, endpoint)
            .map(found -> DeliveryLog.list(tx, endpoint, state, before, rows)));
  }

  /** The result of a request to deliver an event again. */
  public sealed interface Redelivery {

    record Waits(Delivery delivery) implements Redelivery {}

    /** The delivery is pending already. */
    record WaitsAlready() implements Redelivery {}

    record NoSuchDelivery() implements Redelivery {}
  }

  /** Sends a settled delivery again, under the same id, after all that are pending now. */
  public Redelivery redeliver(
      Owner owner, UUID endpoint, UUID delivery, WhenDone<Delivery> whenDone) {
    return database.inTransaction(tx -> {
      boolean known =
          EndpointStore.find(tx, owner, endpoint).isPresent()
              && DeliveryLog.find(tx, endpoint, delivery).isPresent();
      if (!known) {
        return new Redelivery.NoSuchDelivery();
      }
      if (!DeliveryLog.waitAgainIfSettled(tx, endpoint, delivery, clock.instant())) {
        return new Redelivery.WaitsAlready();
      }
      return new Redelivery.Waits(waiting(tx, endpoint, delivery, whenDone));
    });
  }

  /** Sends {@link Event#TEST} to one endpoint; empty when the owner has no such endpoint. */
  public Optional<Delivery> test(Owner owner, UUID endpoint, WhenDone<Delivery> whenDone) {
    return database.inTransaction(tx ->
        EndpointStore.find(tx, owner, endpoint)
            .map(found -> {
              JsonNode data =
                  JsonMapper.shared().createObjectNode().put("webhook_id", endpoint.toString());
              Published test = published(Event.TEST, data);
              DeliveryLog.append(tx, endpoint, test);
              return waiting(tx, endpoint, test.id(), whenDone);
            }));
  }

  private static Delivery waiting(
      Tx tx, UUID endpoint, UUID delivery, WhenDone<Delivery> whenDone) {
    tx.notify(new Signal.Delivery());
    Delivery waits = DeliveryLog.find(tx, endpoint, delivery).orElseThrow();
    whenDone.done(tx, waits);
    return waits;
  }

  /**
   * Sends an event that belongs to no batch to the endpoints of an owner that listen to its kind.
   * Returns to how many.
   *
   * @param data an object
   */
  public int publish(Owner owner, String kind, JsonNode data) {
    return database.inTransaction(tx -> {
      int told = DeliveryLog.append(tx, owner, published(kind, data));
      if (told > 0) {
        tx.notify(new Signal.Delivery());
      }
      return told;
    });
  }

  private Published published(String kind, JsonNode data) {
    return new Published(Ids.next(), kind, clock.instant(), data.toString());
  }

  /** Deletes some old deliveries; returns true when there may be more. */
  boolean forget() {
    Instant now = clock.instant();
    DeliveryLog.Bounds bounds =
        new DeliveryLog.Bounds(
            Partitions.smallestId(now.minus(REMEMBERED)),
            Partitions.smallestId(now.minus(KEPT_WAITING)),
            now);
    return database.inTransaction(tx -> DeliveryLog.forget(tx, bounds, FORGOTTEN_TOGETHER)) > 0;
  }
}
