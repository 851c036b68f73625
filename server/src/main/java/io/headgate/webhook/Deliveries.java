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

/** What endpoints were sent and are still to be sent. */
public final class Deliveries {

  /** How long the log remembers what was delivered or given up. */
  public static final Duration REMEMBERED = Duration.ofDays(7);

  /** How long an event waits for an endpoint that is paused or does not answer. */
  public static final Duration KEPT_WAITING = Duration.ofDays(30);

  /** A step of forgetting takes some tens of milliseconds, however much there is. */
  static final int FORGOTTEN_TOGETHER = 5_000;

  private final Database database;
  private final InstantSource clock;

  Deliveries(Database database, InstantSource clock) {
    this.database = database;
    this.clock = clock;
  }

  /**
   * The log of an endpoint, newest first; empty when there is no such endpoint.
   *
   * @param state null for all
   * @param before only those with smaller ids
   */
  public Optional<List<Delivery>> list(
      Owner owner, UUID endpoint, Delivery.@Nullable State state, UUID before, int rows) {
    return database.read(tx ->
        EndpointStore.find(tx, owner, endpoint)
            .map(found -> DeliveryLog.list(tx, endpoint, state, before, rows)));
  }

  /** What became of a redelivery that was asked for. */
  public sealed interface Redelivery {

    record Waits(Delivery delivery) implements Redelivery {}

    /** It has not been settled since it was last made to wait. */
    record WaitsAlready() implements Redelivery {}

    record NoSuchDelivery() implements Redelivery {}
  }

  /** Sends a settled delivery again, under the same id, after all that waits now. */
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

  /** Sends {@link Event#TEST} to an endpoint alone; empty when there is none. */
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
   * Tells the endpoints of an owner that asked for this kind of something that is no event of a
   * batch. Answers how many are told.
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

  /**
   * Keeps the log from growing for ever, a step at a time. True when there may be more to forget.
   */
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
