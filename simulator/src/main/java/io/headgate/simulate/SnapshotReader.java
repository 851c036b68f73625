package io.headgate.simulate;

import io.headgate.db.Snapshot;
import io.headgate.simulate.BatchSnapshot.AttemptCounts;
import io.headgate.simulate.BatchSnapshot.BatchReceipt;
import io.headgate.simulate.BatchSnapshot.DeferredItem;
import io.headgate.simulate.BatchSnapshot.StoredClaim;
import io.headgate.simulate.BatchSnapshot.StoredResult;
import io.headgate.simulate.StateSnapshot.AccountSnapshot;
import io.headgate.simulate.StateSnapshot.CreditSums;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Reads all rows into a {@link StateSnapshot}. It shares no SQL with the engine or the audit. */
final class SnapshotReader {

  private static final String BATCHES = "select * from batch order by id";
  private static final String DEFERRED = "select * from deferred";
  private static final String AHEAD = "select batch_id, ordinal from ahead";
  private static final String INTERRUPTED = "select batch_id, ordinal from interruption";

  private static final String CLAIMED =
      """
      select c.id, c.batch_id, c.node_id, c.epoch, u.ordinal, coalesce(c.attempts[u.n], 1) as attempt,
             coalesce(c.failures[u.n], 0) as failures, coalesce(c.losses[u.n], 0) as losses
      from claim c cross join unnest(c.ordinals) with ordinality as u (ordinal, n)
      order by c.id, u.n
      """;

  private static final String RESULTS =
      """
      select batch_id, ordinal, attempt, outcome, final, claim_epoch, epoch, error_code
      from result order by batch_id, ordinal, attempt
      """;

  private static final String RELATIONS = "select batch_id, ordinal, parent from item_relation";
  private static final String RECEIPTS = "select * from receipt";
  private static final String SUBSCRIPTIONS = "select * from webhook_endpoint order by id";

  private static final String JOURNAL_OF_BATCHES =
      """
      select batch_id, kind, sum(credits)::bigint as credits from credit_entry
      where batch_id is not null group by batch_id, kind
      """;

  private static final String ACCOUNTS =
      """
      select a.id, a.name, a.unlimited, a.granted, a.running_limit, a.pending_limit,
             a.reserved + m.reserved as reserved, a.charged + m.charged as charged,
             j.grants, j.reserves - j.charges - j.refunds as still_reserved, j.charges
      from account a cross join lateral (
        select coalesce(sum(reserved), 0)::bigint as reserved,
               coalesce(sum(charged), 0)::bigint as charged
        from credit_delta where account_id = a.id) m
      cross join lateral (
        select coalesce(sum(credits) filter (where kind = 'grant'), 0)::bigint as grants,
               coalesce(sum(credits) filter (where kind = 'reserve'), 0)::bigint as reserves,
               coalesce(sum(credits) filter (where kind = 'charge'), 0)::bigint as charges,
               coalesce(sum(credits) filter (where kind = 'refund'), 0)::bigint as refunds
        from credit_entry where account_id = a.id) j
      """;

  private static final String DELIVERIES =
      """
      select endpoint_id, event_id, batch_id, kind, ordinal, state, tries, position
      from webhook_delivery order by endpoint_id, position
      """;

  private interface RowReader {
    void read(ResultSet row) throws SQLException;
  }

  private final Snapshot tx;
  private final Map<UUID, BatchSnapshot> batches = new LinkedHashMap<>();
  private final Map<UUID, BatchReceipt> receipts = new LinkedHashMap<>();
  private final Map<UUID, AccountSnapshot> accounts = new LinkedHashMap<>();
  private final Map<UUID, WebhookSubscription> subscriptions = new LinkedHashMap<>();

  private SnapshotReader(Snapshot tx) {
    this.tx = tx;
  }

  static StateSnapshot read(Snapshot tx, Instant now, Set<UUID> retried) {
    SnapshotReader reader = new SnapshotReader(tx);
    reader.each(BATCHES, reader::batch);
    reader.each(DEFERRED, reader::deferred);
    reader.each(AHEAD, row -> reader.batchOf(row).ahead.add(row.getInt("ordinal")));
    reader.each(INTERRUPTED, row -> reader.batchOf(row).interrupted.add(row.getInt("ordinal")));
    reader.each(CLAIMED, reader::claim);
    reader.each(RESULTS, reader::result);
    reader.each(RELATIONS, reader::relation);
    reader.each(RECEIPTS, reader::receipt);
    reader.each(JOURNAL_OF_BATCHES, reader::journal);
    reader.each(ACCOUNTS, reader::account);
    reader.each(SUBSCRIPTIONS, reader::subscription);
    reader.each(DELIVERIES, reader::delivery);
    return new StateSnapshot(
        now,
        reader.batches,
        reader.receipts,
        reader.accounts,
        reader.subscriptions,
        Set.copyOf(retried));
  }

  private void each(String sql, RowReader reader) {
    tx.query(sql)
        .map((row, context) -> {
          reader.read(row);
          return true;
        })
        .list();
  }

  /** Rows of dropped batches go to an object that is discarded. */
  private BatchSnapshot batchOf(ResultSet row) throws SQLException {
    BatchSnapshot snapshot = batches.get(row.getObject("batch_id", UUID.class));
    return snapshot == null ? new BatchSnapshot(BatchRowReader.NONE) : snapshot;
  }

  private void batch(ResultSet row) throws SQLException {
    BatchSnapshot snapshot = new BatchSnapshot(BatchRowReader.read(row));
    batches.put(snapshot.row.id(), snapshot);
  }

  private void deferred(ResultSet row) throws SQLException {
    batchOf(row)
        .deferred
        .put(
            row.getInt("ordinal"),
            new DeferredItem(tries(row), time(row, "due_at"), row.getInt("blocked_by")));
  }

  private void claim(ResultSet row) throws SQLException {
    batchOf(row)
        .claims
        .computeIfAbsent(row.getInt("ordinal"), ordinal -> new ArrayList<>())
        .add(
            new StoredClaim(
                row.getLong("id"), row.getLong("node_id"), row.getLong("epoch"), tries(row)));
  }

  private static AttemptCounts tries(ResultSet row) throws SQLException {
    return new AttemptCounts(row.getInt("attempt"), row.getInt("failures"), row.getInt("losses"));
  }

  private void result(ResultSet row) throws SQLException {
    batchOf(row)
        .results
        .computeIfAbsent(row.getInt("ordinal"), ordinal -> new ArrayList<>())
        .add(
            new StoredResult(
                row.getInt("attempt"),
                row.getString("outcome"),
                row.getBoolean("final"),
                row.getObject("claim_epoch", Long.class),
                row.getLong("epoch"),
                row.getString("error_code")));
  }

  private void relation(ResultSet row) throws SQLException {
    batchOf(row).parents.put(row.getInt("ordinal"), row.getInt("parent"));
  }

  private void receipt(ResultSet row) throws SQLException {
    BatchReceipt receipt =
        new BatchReceipt(
            row.getLong("epoch"),
            row.getInt("cursor"),
            row.getInt("stopped"),
            row.getInt("running"),
            row.getInt("succeeded"),
            row.getInt("failed"),
            row.getInt("cancelled"),
            row.getLong("refunded"),
            row.getString("body"));
    receipts.put(row.getObject("batch_id", UUID.class), receipt);
    batchOf(row).receipt = receipt;
  }

  private void journal(ResultSet row) throws SQLException {
    batchOf(row).journal.put(row.getString("kind"), row.getLong("credits"));
  }

  private void account(ResultSet row) throws SQLException {
    accounts.put(
        row.getObject("id", UUID.class),
        new AccountSnapshot(
            row.getString("name"),
            row.getBoolean("unlimited"),
            row.getObject("running_limit", Integer.class),
            new CreditSums(row.getLong("granted"), row.getLong("reserved"), row.getLong("charged")),
            new CreditSums(
                row.getLong("grants"), row.getLong("still_reserved"), row.getLong("charges"))));
  }

  private void subscription(ResultSet row) throws SQLException {
    OffsetDateTime leaseUntil = row.getObject("lease_until", OffsetDateTime.class);
    UUID id = row.getObject("id", UUID.class);
    subscriptions.put(
        id,
        new WebhookSubscription(
            id,
            row.getObject("account_id", UUID.class),
            row.getObject("batch_id", UUID.class),
            new TreeSet<>(List.of((String[]) row.getArray("events").getArray())),
            row.getString("state"),
            row.getObject("deleted_at") != null,
            row.getObject("lease", UUID.class),
            leaseUntil == null ? null : leaseUntil.toInstant(),
            new ArrayList<>()));
  }

  private void delivery(ResultSet row) throws SQLException {
    WebhookSubscription subscription = subscriptions.get(row.getObject("endpoint_id", UUID.class));
    if (subscription != null) {
      subscription
          .deliveries()
          .add(
              new WebhookSubscription.SubscriptionDelivery(
                  row.getObject("event_id", UUID.class),
                  row.getObject("batch_id", UUID.class),
                  row.getString("kind"),
                  row.getObject("ordinal", Integer.class),
                  row.getString("state"),
                  row.getInt("tries"),
                  row.getLong("position")));
    }
  }

  private static Instant time(ResultSet row, String column) throws SQLException {
    return row.getObject(column, OffsetDateTime.class).toInstant();
  }

  /** Reads a row of {@code batch}. */
  private static final class BatchRowReader {

    static final BatchSnapshot.StoredBatch NONE =
        new BatchSnapshot.StoredBatch(
            new UUID(0, 0),
            new UUID(0, 0),
            "",
            false,
            false,
            0,
            null,
            new BatchSnapshot.BatchCounters(0, 0, 0, 0, 0, 0, 0, 0),
            new BatchSnapshot.BatchBounds(null, 1, null, Instant.EPOCH),
            new BatchSnapshot.BatchCredits(0, 0, 0, 0));

    static BatchSnapshot.StoredBatch read(ResultSet row) throws SQLException {
      return new BatchSnapshot.StoredBatch(
          row.getObject("id", UUID.class),
          row.getObject("account_id", UUID.class),
          row.getString("state"),
          row.getBoolean("paused"),
          row.getBoolean("retried"),
          row.getLong("epoch"),
          row.getObject("fence_epoch", Long.class),
          counters(row),
          bounds(row),
          new BatchSnapshot.BatchCredits(
              row.getLong("credits_per_item"),
              row.getLong("journal_reserved"),
              row.getLong("journal_charged"),
              row.getLong("journal_refunded")));
    }

    private static BatchSnapshot.BatchCounters counters(ResultSet row) throws SQLException {
      return new BatchSnapshot.BatchCounters(
          row.getInt("total"),
          row.getInt("cursor"),
          row.getInt("ahead"),
          row.getInt("deferred"),
          row.getInt("running"),
          row.getInt("succeeded"),
          row.getInt("failed"),
          row.getInt("cancelled"));
    }

    private static BatchSnapshot.BatchBounds bounds(ResultSet row) throws SQLException {
      @Nullable OffsetDateTime start = row.getObject("start_at", OffsetDateTime.class);
      return new BatchSnapshot.BatchBounds(
          row.getObject("concurrency", Integer.class),
          row.getInt("max_attempts"),
          start == null ? null : start.toInstant(),
          time(row, "retain_until"));
    }
  }
}
