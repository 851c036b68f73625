package io.headgate.webhook;

import io.headgate.db.ColumnValues;
import io.headgate.db.Snapshot;
import io.headgate.db.Tx;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.json.JsonMapper;

/**
 * The queue of pending deliveries. A node delivers to an endpoint only while it holds the
 * endpoint's lease, so no two nodes do at once and the order is kept. When a node dies, its leases
 * expire and other nodes take them.
 */
public final class DeliveryQueue {

  /**
   * An endpoint without lease whose next delivery is due.
   *
   * @param failing its last attempt failed
   */
  public record ReadyEndpoint(UUID endpoint, UUID account, String format, boolean failing) {}

  /** The right to deliver to an endpoint. */
  @SuppressWarnings("ArrayRecordComponent") // never compared
  public record EndpointLease(UUID token, Endpoint endpoint, byte @Nullable [] secret) {}

  /**
   * A delivery that is due.
   *
   * @param attempts attempts so far
   * @param dueAt when it became due
   */
  public record DueDelivery(WebhookEvent event, int attempts, Instant dueAt) {}

  /**
   * The result of an attempt.
   *
   * @param attempts attempts so far, this one included
   */
  public record DeliveryResult(
      UUID event, DeliveryOutcome outcome, DeliveryAttempt attempt, int attempts) {}

  /**
   * The results of deliveries under a lease.
   *
   * @param dropped events for which the endpoint's format builds no message
   */
  public record LeaseReport(List<DeliveryResult> results, List<UUID> dropped) {}

  /**
   * Steps through the index from one endpoint with pending deliveries to the next, so the cost
   * depends on the number of such endpoints, not of deliveries. Accounts take turns.
   */
  private static final String READY_ENDPOINTS =
      """
      with recursive head as (
        (select endpoint_id, position, due_at from webhook_delivery
         where state = 'pending' order by endpoint_id, position limit 1)
        union all
        select n.endpoint_id, n.position, n.due_at from head h cross join lateral (
          select endpoint_id, position, due_at from webhook_delivery
          where state = 'pending' and endpoint_id > h.endpoint_id
          order by endpoint_id, position limit 1) n)
      select e.id, e.account_id, e.format, e.consecutive_failures > 0 as troubled
      from head h join webhook_endpoint e on e.id = h.endpoint_id
      where h.due_at <= :now and e.state = 'active' and e.deleted_at is null
        and (e.lease_until is null or e.lease_until <= :now) and e.format = any(:formats)
      order by row_number() over (
        partition by e.account_id order by e.consecutive_failures > 0, h.position), h.position
      limit 1000
      """;

  private static final String LEASE_IF_FREE =
      """
      update webhook_endpoint e set lease = :lease, lease_until = wanted.until
      from unnest(:ids, :untils::timestamptz[]) as wanted (id, until),
        (select id from webhook_endpoint
         where id = any(:ids) and state = 'active' and deleted_at is null
           and (lease_until is null or lease_until <= :now)
         for no key update skip locked) free
      where wanted.id = free.id and e.id = free.id
      returning
      """
          + EndpointStore.COLUMNS;

  private static final String NEXT =
      """
      select d.event_id, d.kind, d.at, d.data, d.tries, d.due_at, d.ordinal, i.ref,
        b.id as batch_id, b.processor, b.name, b.metadata::text as metadata, b.dialect,
        b.dialect_request
      from webhook_delivery d
      left join batch b on b.id = d.batch_id
      left join item i on i.batch_id = d.batch_id and i.ordinal = d.ordinal
      where d.endpoint_id = :endpoint and d.state = 'pending'
      order by d.position limit :limit
      """;

  private static final String UPDATE_IF_LEASED =
      """
      update webhook_endpoint set lease = case when :keep then lease end,
        lease_until = case when :keep then :until::timestamptz end,
        delivered = delivered + :delivered, failed_attempts = failed_attempts + :failed,
        consecutive_failures = case when :failed > 0 and :delivered > 0 then 1
          when :failed > 0 then consecutive_failures + 1
          when :delivered > 0 then 0 else consecutive_failures end,
        last_attempt = coalesce(:last, last_attempt),
        reason = case when state = 'active' then :reason else reason end,
        state = case when state = 'active' and :reason::text is not null then 'failed' else state end,
        events_until = case when state = 'active' and :reason::text is not null
                            then nextval('event_position') else events_until end
      where id = :id and lease = :lease and deleted_at is null
      returning state
      """;

  private static final String RELEASE_IF_LEASED =
      """
      update webhook_endpoint set lease = null, lease_until = null
      where id = :id and lease = :lease
      """;

  private static final String SETTLE_PENDING =
      """
      update webhook_delivery d set state = u.state, tries = u.tries,
        due_at = coalesce(u.due_at, d.due_at),
        settled_at = case when u.state <> 'pending' then :now::timestamptz end,
        attempts = case when jsonb_array_length(d.attempts) < :remembered then d.attempts
                        else d.attempts - 0 end || u.attempt::jsonb
      from unnest(:events, :states, :tries, :dues::timestamptz[], :attempts)
        as u (event_id, state, tries, due_at, attempt)
      where d.endpoint_id = :endpoint and d.event_id = u.event_id and d.state = 'pending'
      """;

  private static final String DELETE_DROPPED =
      "delete from webhook_delivery where endpoint_id = :endpoint and event_id = any(:events)";

  /** Attempts that the log keeps for one delivery. */
  private static final int ATTEMPTS_KEPT = 20;

  private static final JsonMapper json = JsonMapper.shared();

  private DeliveryQueue() {}

  public static List<ReadyEndpoint> readyEndpoints(
      Snapshot tx, Collection<String> formats, Instant now) {
    return tx.query(READY_ENDPOINTS)
        .bind("now", now)
        .bind("formats", ColumnValues.texts(formats.toArray(String[]::new)))
        .map((row, context) ->
            new ReadyEndpoint(
                row.getObject("id", UUID.class),
                row.getObject("account_id", UUID.class),
                row.getString("format"),
                row.getBoolean("troubled")))
        .list();
  }

  /** Leases those endpoints that are still free. */
  public static List<EndpointLease> lease(
      Tx tx, UUID token, List<UUID> endpoints, List<Instant> untils, Instant now) {
    return tx.query(LEASE_IF_FREE)
        .bind("lease", token)
        .bind("ids", ColumnValues.uuids(endpoints))
        .bind("untils", ColumnValues.instants(untils.toArray(Instant[]::new)))
        .bind("now", now)
        .map((row, context) ->
            new EndpointLease(token, EndpointStore.read(row), row.getBytes("secret")))
        .list();
  }

  /** Reads the first pending deliveries in their order, up to the first that is not due. */
  public static List<DueDelivery> next(Snapshot tx, UUID endpoint, int limit, Instant now) {
    return tx
        .query(NEXT)
        .bind("endpoint", endpoint)
        .bind("limit", limit)
        .map((row, context) -> due(row))
        .list()
        .stream()
        .takeWhile(due -> !due.dueAt().isAfter(now))
        .toList();
  }

  /**
   * Stores the results of deliveries and extends the lease to {@code until}, or releases it when
   * that is null. Returns false when the lease was lost, in which case nothing is stored, and when
   * deliveries to the endpoint must stop.
   */
  public static boolean store(
      Tx tx, EndpointLease lease, LeaseReport report, @Nullable Instant until, Instant now) {
    List<DeliveryResult> results = report.results();
    long delivered =
        results.stream().filter(t -> t.outcome() instanceof DeliveryOutcome.Delivered).count();
    Optional<DeliveryResult> last =
        results.isEmpty() ? Optional.empty() : Optional.of(results.getLast());
    Optional<String> state =
        tx.query(UPDATE_IF_LEASED)
            .bind("id", lease.endpoint().id())
            .bind("lease", lease.token())
            .bind("keep", until != null)
            .bind("until", until == null ? null : until.toString())
            .bind("delivered", delivered)
            .bind("failed", results.size() - delivered)
            .bind("last", last.map(t -> t.attempt().toJson()).orElse(null))
            .bind("reason", last.flatMap(t -> DeliveryOutcome.reason(t.outcome())).orElse(null))
            .mapTo(String.class)
            .findOne();
    if (state.isPresent()) {
      write(tx, lease.endpoint().id(), results, now);
      deleteDropped(tx, lease.endpoint().id(), report.dropped());
    }
    return state.filter("active"::equals).isPresent() && until != null;
  }

  /** Releases a lease; does nothing when it was lost. */
  public static void release(Tx tx, EndpointLease lease) {
    tx.update(RELEASE_IF_LEASED)
        .bind("id", lease.endpoint().id())
        .bind("lease", lease.token())
        .execute();
  }

  private static void write(Tx tx, UUID endpoint, List<DeliveryResult> results, Instant now) {
    if (results.isEmpty()) {
      return;
    }
    String[] states = new String[results.size()];
    String[] attempts = new String[results.size()];
    @Nullable Instant[] dues = new Instant[results.size()];
    for (int i = 0; i < states.length; i++) {
      DeliveryOutcome outcome = results.get(i).outcome();
      states[i] = DeliveryOutcome.state(outcome).word();
      attempts[i] = results.get(i).attempt().toJson();
      dues[i] = outcome instanceof DeliveryOutcome.RetryDue(Instant due) ? due : null;
    }
    tx.update(SETTLE_PENDING)
        .bind("endpoint", endpoint)
        .bind("now", now)
        .bind("remembered", ATTEMPTS_KEPT)
        .bind("events", ColumnValues.uuids(results.stream().map(DeliveryResult::event).toList()))
        .bind("states", ColumnValues.texts(states))
        .bind(
            "tries",
            ColumnValues.ints(results.stream().mapToInt(DeliveryResult::attempts).toArray()))
        .bind("dues", ColumnValues.instants(dues))
        .bind("attempts", ColumnValues.texts(attempts))
        .execute();
  }

  private static void deleteDropped(Tx tx, UUID endpoint, List<UUID> dropped) {
    if (!dropped.isEmpty()) {
      tx.update(DELETE_DROPPED)
          .bind("endpoint", endpoint)
          .bind("events", ColumnValues.uuids(dropped))
          .execute();
    }
  }

  private static DueDelivery due(ResultSet row) throws SQLException {
    Integer ordinal = row.getObject("ordinal", Integer.class);
    WebhookEvent event =
        new WebhookEvent(
            row.getObject("event_id", UUID.class),
            row.getString("kind"),
            time(row, "at"),
            batch(row),
            ordinal == null
                ? Optional.empty()
                : Optional.of(new WebhookEvent.EventItem(ordinal, row.getString("ref"))),
            json.readTree(row.getString("data")));
    return new DueDelivery(event, row.getInt("tries"), time(row, "due_at"));
  }

  private static Optional<WebhookEvent.EventBatch> batch(ResultSet row) throws SQLException {
    UUID id = row.getObject("batch_id", UUID.class);
    if (id == null) {
      return Optional.empty();
    }
    String dialectRequest = row.getString("dialect_request");
    return Optional.of(
        new WebhookEvent.EventBatch(
            id,
            row.getString("processor"),
            row.getString("name"),
            json.readTree(row.getString("metadata")),
            row.getString("dialect"),
            dialectRequest == null ? null : json.readTree(dialectRequest)));
  }

  private static Instant time(ResultSet row, String column) throws SQLException {
    return row.getObject(column, OffsetDateTime.class).toInstant();
  }
}
