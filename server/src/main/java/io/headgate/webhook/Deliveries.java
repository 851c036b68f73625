package io.headgate.webhook;

import io.headgate.batch.Ids;
import io.headgate.db.Database;
import io.headgate.db.Partitions;
import io.headgate.db.Signal;
import io.headgate.db.Tx;
import io.headgate.webhook.DeliveryLog.PublishedEvent;
import io.headgate.webhook.Endpoints.AfterChange;
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
  public static final Duration LOG_RETENTION = Duration.ofDays(7);

  /** How long a pending delivery waits for an endpoint that is paused or does not respond. */
  public static final Duration PENDING_RETENTION = Duration.ofDays(30);

  /** Rows deleted in one transaction, which takes some tens of milliseconds. */
  static final int ROWS_PER_DELETE = 5_000;

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
      EndpointOwner owner,
      UUID endpoint,
      Delivery.@Nullable DeliveryState state,
      UUID before,
      int rows) {
    return database.read(tx ->
        EndpointStore.find(tx, owner, endpoint)
            .map(found -> DeliveryLog.list(tx, endpoint, state, before, rows)));
  }

  /** The result of a request to deliver an event again. */
  public sealed interface Redelivery {

    record Requeued(Delivery delivery) implements Redelivery {}

    /** The delivery is pending already. */
    record AlreadyPending() implements Redelivery {}

    record NoSuchDelivery() implements Redelivery {}
  }

  /** Sends a settled delivery again, under the same id, after all that are pending now. */
  public Redelivery redeliver(
      EndpointOwner owner, UUID endpoint, UUID delivery, AfterChange<Delivery> afterChange) {
    return database.inTransaction(tx -> {
      boolean exists =
          EndpointStore.find(tx, owner, endpoint).isPresent()
              && DeliveryLog.find(tx, endpoint, delivery).isPresent();
      if (!exists) {
        return new Redelivery.NoSuchDelivery();
      }
      if (!DeliveryLog.requeueIfSettled(tx, endpoint, delivery, clock.instant())) {
        return new Redelivery.AlreadyPending();
      }
      return new Redelivery.Requeued(pending(tx, endpoint, delivery, afterChange));
    });
  }

  /** Sends {@link WebhookEvent#TEST} to one endpoint; empty when the owner has no such endpoint. */
  public Optional<Delivery> test(
      EndpointOwner owner, UUID endpoint, AfterChange<Delivery> afterChange) {
    return database.inTransaction(tx ->
        EndpointStore.find(tx, owner, endpoint)
            .map(found -> {
              JsonNode data =
                  JsonMapper.shared().createObjectNode().put("webhook_id", endpoint.toString());
              PublishedEvent test = newEvent(WebhookEvent.TEST, data);
              DeliveryLog.append(tx, endpoint, test);
              return pending(tx, endpoint, test.id(), afterChange);
            }));
  }

  private static Delivery pending(
      Tx tx, UUID endpoint, UUID delivery, AfterChange<Delivery> afterChange) {
    tx.notify(new Signal.DeliveryDue());
    Delivery pending = DeliveryLog.find(tx, endpoint, delivery).orElseThrow();
    afterChange.run(tx, pending);
    return pending;
  }

  /**
   * Sends an event that belongs to no batch to the endpoints of an owner that listen to its kind.
   * Returns to how many.
   *
   * @param data an object
   */
  public int publish(EndpointOwner owner, String kind, JsonNode data) {
    return database.inTransaction(tx -> {
      int receivers = DeliveryLog.append(tx, owner, newEvent(kind, data));
      if (receivers > 0) {
        tx.notify(new Signal.DeliveryDue());
      }
      return receivers;
    });
  }

  private PublishedEvent newEvent(String kind, JsonNode data) {
    return new PublishedEvent(Ids.next(), kind, clock.instant(), data.toString());
  }

  /** Deletes some old deliveries; returns true when there may be more. */
  boolean deleteOld() {
    Instant now = clock.instant();
    DeliveryLog.RetentionBounds bounds =
        new DeliveryLog.RetentionBounds(
            Partitions.smallestId(now.minus(LOG_RETENTION)),
            Partitions.smallestId(now.minus(PENDING_RETENTION)),
            now);
    return database.inTransaction(tx -> DeliveryLog.deleteOld(tx, bounds, ROWS_PER_DELETE)) > 0;
  }
}
