package io.headgate.credit;

import io.headgate.credit.Accounts.AccountBalance;
import io.headgate.credit.Accounts.AccountLimits;
import io.headgate.credit.Accounts.CreditSums;
import io.headgate.credit.Accounts.JournalEntry;
import io.headgate.credit.Accounts.NewAccount;
import io.headgate.db.Snapshot;
import io.headgate.db.Tx;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Rows of {@code account} and {@code credit_entry}. */
final class AccountStore {

  private static final String INSERT_IF_NAME_IS_FREE =
      """
      insert into account (id, name, unlimited, running_limit, pending_limit, created_at)
      values (:id, :name, :unlimited, :running, :pending, :at)
      on conflict (name) do nothing
      """;

  // The account's own sums and its deltas change when a batch is submitted, cancelled or ends. In
  // between, the counters of its unfinished batches show what they have used so far. One statement,
  // one snapshot.
  private static final String BALANCE =
      """
      select a.id, a.name, a.unlimited, a.granted,
             a.granted - a.reserved - a.charged - coalesce(delta.reserved + delta.charged, 0)
               as available,
             coalesce(live.reserved, 0) as reserved,
             a.charged + coalesce(delta.charged, 0) + coalesce(live.charged, 0) as charged,
             a.running_limit, a.pending_limit, a.created_at
      from account a
      left join lateral (
        select sum(reserved) as reserved, sum(charged) as charged
        from credit_delta where account_id = a.id) delta on true
      left join lateral (
        select sum(b.credits_per_item * (b.total - b.succeeded - b.failed - b.cancelled)) as reserved,
               sum(b.credits_per_item * b.succeeded - b.journal_charged) as charged
        from batch b where b.account_id = a.id and b.finished_at is null) live on true
      """;

  private static final String BALANCE_OF_ACCOUNT = BALANCE + "where a.id = :id";

  private static final String LIST_BEFORE =
      BALANCE + "where a.id < :before order by a.id desc limit :rows";

  private static final String JOURNAL_BEFORE =
      """
      select id, at, kind, credits, batch_id from credit_entry
      where account_id = :account and id < :before order by id desc limit :rows
      """;

  private static final String OPERATOR = "select id from account where is_operator";

  private static final String MAKE_OPERATOR =
      "update account set is_operator = true where name = :name";

  private static final String LOCK_OPERATOR =
      "select pg_advisory_xact_lock(hashtext('headgate operator'))::text";

  private AccountStore() {}

  static boolean insertIfNameIsFree(Tx tx, UUID id, NewAccount account, Instant at) {
    return tx.update(INSERT_IF_NAME_IS_FREE)
            .bind("id", id)
            .bind("name", account.name())
            .bind("unlimited", account.limit() == null)
            .bindByType("running", account.runningLimit(), Integer.class)
            .bindByType("pending", account.pendingLimit(), Integer.class)
            .bind("at", at)
            .execute()
        == 1;
  }

  static Optional<AccountBalance> balance(Snapshot tx, UUID id) {
    return tx.query(BALANCE_OF_ACCOUNT)
        .bind("id", id)
        .map((row, context) -> balance(row))
        .findOne();
  }

  static List<AccountBalance> listBefore(Snapshot tx, UUID before, int rows) {
    return tx.query(LIST_BEFORE)
        .bind("before", before)
        .bind("rows", rows)
        .map((row, context) -> balance(row))
        .list();
  }

  private static AccountBalance balance(ResultSet row) throws SQLException {
    boolean unlimited = row.getBoolean("unlimited");
    return new AccountBalance(
        row.getObject("id", UUID.class),
        row.getString("name"),
        new CreditSums(
            unlimited ? null : row.getLong("granted"),
            unlimited ? null : row.getLong("available"),
            row.getLong("reserved"),
            row.getLong("charged")),
        new AccountLimits(
            row.getObject("running_limit", Integer.class),
            row.getObject("pending_limit", Integer.class)),
        instant(row, "created_at"));
  }

  static List<JournalEntry> journalBefore(Snapshot tx, UUID account, long before, int rows) {
    return tx.query(JOURNAL_BEFORE)
        .bind("account", account)
        .bind("before", before)
        .bind("rows", rows)
        .map((row, context) -> entry(row))
        .list();
  }

  private static JournalEntry entry(ResultSet row) throws SQLException {
    @Nullable UUID batch = row.getObject("batch_id", UUID.class);
    return new JournalEntry(
        row.getLong("id"),
        instant(row, "at"),
        row.getString("kind"),
        row.getLong("credits"),
        batch);
  }

  private static Instant instant(ResultSet row, String column) throws SQLException {
    return row.getObject(column, OffsetDateTime.class).toInstant();
  }

  static Optional<UUID> operator(Snapshot tx) {
    return tx.query(OPERATOR).mapTo(UUID.class).findOne();
  }

  static void makeOperator(Tx tx, String name) {
    tx.update(MAKE_OPERATOR).bind("name", name).execute();
  }

  /** Until the transaction ends, no other node creates the operator account. */
  static void lockOperator(Tx tx) {
    tx.query(LOCK_OPERATOR).mapTo(String.class).one();
  }
}
