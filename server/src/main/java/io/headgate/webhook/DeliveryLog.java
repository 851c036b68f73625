package io.headgate.webhook;

import io.headgate.db.Snapshot;
import io.headgate.db.Tx;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.json.JsonMapper;

/** Rows of {@code webhook_delivery}: listing, appending, redelivery and deletion. */
final class DeliveryLog {

  private static final String READ =
      """
      select event_id, kind, batch_id, at, state, due_at, settled_at, attempts::text as attempts
      from webhook_delivery where endpoint_id = :endpoint
      """;

  private static final String LIST =
      READ
          + """
           and event_id < :before and (:state::text is null or state = :state)
          order by event_id desc limit :rows
          """;

  private static final String FIND = READ + " and event_id = :event";

  private static final String APPEND =
      """
      insert into webhook_delivery (endpoint_id, event_id, kind, at, data, due_at)
      values (:endpoint, :event, :kind, :now, :data, :now)
      """;

  private static final String APPEND_FOR_EACH_LISTENER =
      """
      insert into webhook_delivery (endpoint_id, event_id, kind, at, data, due_at)
      select id, :event, :kind, :now, :data, :now from webhook_endpoint
      where account_id = :account and dialect is not distinct from :dialect::text
        and batch_id is null and deleted_at is null and state <> 'failed' and :kind = any(events)
      """;

  /** Behind all pending deliveries: those did not wait for it either. */
  private static final String REQUEUE_IF_SETTLED =
      """
      update webhook_delivery set state = 'pending', settled_at = null, tries = 0, due_at = :now,
        position = nextval(pg_get_serial_sequence('webhook_delivery', 'position'))
      where endpoint_id = :endpoint and event_id = :event and state <> 'pending'
      """;

  private static final String RESET_RETRIES =
      """
      update webhook_delivery set tries = 0, due_at = :now
      where endpoint_id = :endpoint and state = 'pending' and tries > 0
      """;

  /** Rows that another transaction has locked are left for the next round. */
  private static final String DELETE_SETTLED =
      """
      delete from webhook_delivery where (endpoint_id, event_id) in (
        select old.endpoint_id, old.event_id from webhook_endpoint e cross join lateral (
          select endpoint_id, event_id from webhook_delivery
          where endpoint_id = e.id and event_id < :settled_before and state <> 'pending'
          limit :rows for update skip locked) old
        limit :rows)
      """;

  private static final String DELETE_PENDING =
      """
      delete from webhook_delivery where (endpoint_id, event_id) in (
        select old.endpoint_id, old.event_id from webhook_endpoint e cross join lateral (
          select endpoint_id, event_id from webhook_delivery
          where endpoint_id = e.id and event_id < :waiting_before
          limit :rows for update skip locked) old
        limit :rows)
      """;

  private static final String DELETE_OF_DELETED_ENDPOINTS =
      """
      delete from webhook_delivery where (endpoint_id, event_id) in (
        select old.endpoint_id, old.event_id from webhook_endpoint e cross join lateral (
          select endpoint_id, event_id from webhook_delivery
          where endpoint_id = e.id
          limit :rows for update skip locked) old
        where e.deleted_at is not null limit :rows)
      """;

  private static final String DELETE_DELETED_ENDPOINTS =
      """
      delete from webhook_endpoint e where e.deleted_at < :now
        and not exists (select from webhook_delivery d where d.endpoint_id = e.id)
      """;

  private DeliveryLog() {}

  static List<Delivery> list(
      Snapshot tx, UUID endpoint, Delivery.@Nullable DeliveryState state, UUID before, int rows) {
    return tx.query(LIST)
        .bind("endpoint", endpoint)
        .bind("state", state == null ? null : state.word())
        .bind("before", before)
        .bind("rows", rows)
        .map((row, context) -> read(row))
        .list();
  }

  static Optional<Delivery> find(Tx tx, UUID endpoint, UUID event) {
    return tx.query(FIND)
        .bind("endpoint", endpoint)
        .bind("event", event)
        .map((row, context) -> read(row))
        .findOne();
  }

  /** Appends an event for one endpoint. */
  static void append(Tx tx, UUID endpoint, PublishedEvent event) {
    tx.update(APPEND)
        .bind("endpoint", endpoint)
        .bind("event", event.id())
        .bind("kind", event.kind())
        .bind("now", event.at())
        .bind("data", event.data())
        .execute();
  }

  /** Appends an event for every endpoint of an owner that listens to its kind; returns how many. */
  static int append(Tx tx, EndpointOwner owner, PublishedEvent event) {
    return tx.update(APPEND_FOR_EACH_LISTENER)
        .bind("account", owner.account())
        .bind("dialect", owner.dialect())
        .bind("event", event.id())
        .bind("kind", event.kind())
        .bind("now", event.at())
        .bind("data", event.data())
        .execute();
  }

  /** An event that does not come from the engine. */
  record PublishedEvent(UUID id, String kind, Instant at, String data) {}

  /** Returns false when the delivery is pending already. */
  static boolean requeueIfSettled(Tx tx, UUID endpoint, UUID event, Instant now) {
    return tx.update(REQUEUE_IF_SETTLED)
            .bind("endpoint", endpoint)
            .bind("event", event)
            .bind("now", now)
            .execute()
        == 1;
  }

  /** Makes deliveries that wait for their next attempt due now, with a new schedule. */
  static void resetRetries(Tx tx, UUID endpoint, Instant now) {
    tx.update(RESET_RETRIES).bind("endpoint", endpoint).bind("now", now).execute();
  }

  /**
   * Deletes deliveries older than their bound and those of deleted endpoints: of each at most
   * {@code rows}, which keeps the transaction short. Returns how many rows were deleted.
   */
  static int deleteOld(Tx tx, RetentionBounds bounds, int rows) {
    int settled =
        tx.update(DELETE_SETTLED)
            .bind("settled_before", bounds.settledBefore())
            .bind("rows", rows)
            .execute();
    int pending =
        tx.update(DELETE_PENDING)
            .bind("waiting_before", bounds.pendingBefore())
            .bind("rows", rows)
            .execute();
    int ofDeleted = tx.update(DELETE_OF_DELETED_ENDPOINTS).bind("rows", rows).execute();
    return settled
        + pending
        + ofDeleted
        + tx.update(DELETE_DELETED_ENDPOINTS).bind("now", bounds.now()).execute();
  }

  /** Deliveries with smaller event ids are deleted. */
  record RetentionBounds(UUID settledBefore, UUID pendingBefore, Instant now) {}

  private static Delivery read(ResultSet row) throws SQLException {
    Delivery.DeliveryState state = Delivery.DeliveryState.of(row.getString("state"));
    OffsetDateTime settled = row.getObject("settled_at", OffsetDateTime.class);
    List<DeliveryAttempt> attempts = new ArrayList<>();
    JsonMapper.shared()
        .readTree(row.getString("attempts"))
        .forEach(attempt -> attempts.add(DeliveryAttempt.of(attempt)));
    return new Delivery(
        row.getObject("event_id", UUID.class),
        row.getString("kind"),
        row.getObject("batch_id", UUID.class),
        row.getObject("at", OffsetDateTime.class).toInstant(),
        state,
        state == Delivery.DeliveryState.PENDING
            ? row.getObject("due_at", OffsetDateTime.class).toInstant()
            : null,
        settled == null ? null : settled.toInstant(),
        attempts);
  }
}
