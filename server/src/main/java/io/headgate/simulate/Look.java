package io.headgate.simulate;

import io.headgate.db.Snapshot;
import io.headgate.simulate.Moment.Account;
import io.headgate.simulate.Moment.Sums;
import io.headgate.simulate.Sight.Claim;
import io.headgate.simulate.Sight.Receipt;
import io.headgate.simulate.Sight.Result;
import io.headgate.simulate.Sight.Tries;
import io.headgate.simulate.Sight.Waiting;
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

/** Reads all rows into a {@link Moment}. It shares no SQL with the engine or the audit. */
final class Look {

  private static final String BATCHES = "select * from batch order by id";

  private static final String DEFERRED = "select * from deferred";

  private static final String AHEAD = "select batch_id, ordinal from ahead";

  private static final String TOLD = "select batch_id, ordinal from interruption";

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
        from account_move where account_id = a.id) m
      cross join lateral (
        select coalesce(sum(credits) filter (where kind = 'grant'), 0)::bigint as grants,
               coalesce(sum(credits) filter (where kind = 'reserve'), 0)::bigint as reserves,
               coalesce(sum(credits) filter (where kind = 'charge'), 0)::bigint as charges,
               coalesce(sum(credits) filter (where kind = 'refund'), 0)::bigint as refunds
        from credit_entry where account_id = a.id) j
      """;

  private static final String EARS = "select * from webhook_endpoint order by id";

  private static final String EVENTS =
      """
      select endpoint_id, event_id, batch_id, kind, ordinal, state, tries, position
      from webhook_delivery order by endpoint_id, position
      """;

  private interface Reader {
    void read(ResultSet row) throws SQLException;
  }

  private final Snapshot tx;
  private final Map<UUID, Sight> batches = new LinkedHashMap<>();
  private final Map<UUID, Receipt> receipts = new LinkedHashMap<>();
  private final Map<UUID, Account> accounts = new LinkedHashMap<>();
  private final Map<UUID, Ear> ears = new LinkedHashMap<>();

  private Look(Snapshot tx) {
    this.tx = tx;
  }

  static Moment at(Snapshot tx, Instant now, Set<UUID> retried) {
    Look look = new Look(tx);
    look.each(BATCHES, look::batch);
    look.each(DEFERRED, look::deferred);
    look.each(AHEAD, row -> look.of(row).ahead.add(row.getInt("ordinal")));
    look.each(TOLD, row -> look.of(row).told.add(row.getInt("ordinal")));
    look.each(CLAIMED, look::claim);
    look.each(RESULTS, look::result);
    look.each(RELATIONS, look::relation);
    look.each(RECEIPTS, look::receipt);
    look.each(JOURNAL_OF_BATCHES, look::journal);
    look.each(ACCOUNTS, look::account);
    look.each(EARS, look::ear);
    look.each(EVENTS, look::told);
    return new Moment(
        now, look.batches, look.receipts, look.accounts, look.ears, Set.copyOf(retried));
  }

  private void each(String sql, Reader reader) {
    tx.query(sql)
        .map((row, context) -> {
          reader.read(row);
          return true;
        })
        .list();
  }

  /** Rows of dropped batches go to an object that is discarded. */
  private Sight of(ResultSet row) throws SQLException {
    Sight sight = batches.get(row.getObject("batch_id", UUID.class));
    return sight == null ? new Sight(BatchRow.NONE) : sight;
  }

  private void batch(ResultSet row) throws SQLException {
    Sight sight = new Sight(BatchRow.read(row));
    batches.put(sight.row.id(), sight);
  }

  private void deferred(ResultSet row) throws SQLException {
    of(row)
        .deferred
        .put(
            row.getInt("ordinal"),
            new Waiting(tries(row), time(row, "due_at"), row.getInt("blocked_by")));
  }

  private void claim(ResultSet row) throws SQLException {
    of(row)
        .claims
        .computeIfAbsent(row.getInt("ordinal"), ordinal -> new ArrayList<>())
        .add(
            new Claim(row.getLong("id"), row.getLong("node_id"), row.getLong("epoch"), tries(row)));
  }

  private static Tries tries(ResultSet row) throws SQLException {
    return new Tries(row.getInt("attempt"), row.getInt("failures"), row.getInt("losses"));
  }

  private void result(ResultSet row) throws SQLException {
    of(row)
        .results
        .computeIfAbsent(row.getInt("ordinal"), ordinal -> new ArrayList<>())
        .add(
            new Result(
                row.getInt("attempt"),
                row.getString("outcome"),
                row.getBoolean("final"),
                row.getObject("claim_epoch", Long.class),
                row.getLong("epoch"),
                row.getString("error_code")));
  }

  private void relation(ResultSet row) throws SQLException {
    of(row).parents.put(row.getInt("ordinal"), row.getInt("parent"));
  }

  private void receipt(ResultSet row) throws SQLException {
    Receipt receipt =
        new Receipt(
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
    of(row).receipt = receipt;
  }

  private void journal(ResultSet row) throws SQLException {
    of(row).journal.put(row.getString("kind"), row.getLong("credits"));
  }

  private void account(ResultSet row) throws SQLException {
    accounts.put(
        row.getObject("id", UUID.class),
        new Account(
            row.getString("name"),
            row.getBoolean("unlimited"),
            row.getObject("running_limit", Integer.class),
            new Sums(row.getLong("granted"), row.getLong("reserved"), row.getLong("charged")),
            new Sums(
                row.getLong("grants"), row.getLong("still_reserved"), row.getLong("charges"))));
  }

  private void ear(ResultSet row) throws SQLException {
    OffsetDateTime leased = row.getObject("lease_until", OffsetDateTime.class);
    UUID id = row.getObject("id", UUID.class);
    ears.put(
        id,
        new Ear(
            id,
            row.getObject("account_id", UUID.class),
            row.getObject("batch_id", UUID.class),
            new TreeSet<>(List.of((String[]) row.getArray("events").getArray())),
            row.getString("state"),
            row.getObject("deleted_at") != null,
            row.getObject("lease", UUID.class),
            leased == null ? null : leased.toInstant(),
            new ArrayList<>()));
  }

  private void told(ResultSet row) throws SQLException {
    Ear ear = ears.get(row.getObject("endpoint_id", UUID.class));
    if (ear != null) {
      ear.told()
          .add(
              new Ear.Told(
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
  private static final class BatchRow {

    static final Sight.Row NONE =
        new Sight.Row(
            new UUID(0, 0),
            new UUID(0, 0),
            "",
            false,
            false,
            0,
            null,
            new Sight.Counters(0, 0, 0, 0, 0, 0, 0, 0),
            new Sight.Bounds(null, 1, null, Instant.EPOCH),
            new Sight.Books(0, 0, 0, 0));

    static Sight.Row read(ResultSet row) throws SQLException {
      return new Sight.Row(
          row.getObject("id", UUID.class),
          row.getObject("account_id", UUID.class),
          row.getString("state"),
          row.getBoolean("paused"),
          row.getBoolean("retried"),
          row.getLong("epoch"),
          row.getObject("fence_epoch", Long.class),
          counters(row),
          bounds(row),
          new Sight.Books(
              row.getLong("credits_per_item"),
              row.getLong("journal_reserved"),
              row.getLong("journal_charged"),
              row.getLong("journal_refunded")));
    }

    private static Sight.Counters counters(ResultSet row) throws SQLException {
      return new Sight.Counters(
          row.getInt("total"),
          row.getInt("cursor"),
          row.getInt("ahead"),
          row.getInt("deferred"),
          row.getInt("running"),
          row.getInt("succeeded"),
          row.getInt("failed"),
          row.getInt("cancelled"));
    }

    private static Sight.Bounds bounds(ResultSet row) throws SQLException {
      @Nullable OffsetDateTime start = row.getObject("start_at", OffsetDateTime.class);
      return new Sight.Bounds(
          row.getObject("concurrency", Integer.class),
          row.getInt("max_attempts"),
          start == null ? null : start.toInstant(),
          time(row, "retain_until"));
    }
  }
}
