package io.headgate.credit;

import io.headgate.db.ColumnValues;
import io.headgate.db.Tx;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jdbi.v3.core.statement.Update;

/**
 * Moves credits of an account. Every move is an entry of the append-only journal, in the caller's
 * transaction. Only a reservation of an account with a limit waits for the account's row; all other
 * moves are appended to {@code credit_delta} and added to the account's sums later. An amount of
 * zero is not written.
 */
public final class CreditJournal {

  private static final String RESERVE_IF_UNLIMITED =
      """
      with unlimited as (select id from account where id = :account and unlimited),
      delta as (
        insert into credit_delta (account_id, reserved, charged)
        select id, :credits, 0 from unlimited)
      insert into credit_entry (account_id, at, kind, credits, batch_id)
      select id, :at, 'reserve', :credits, :batch from unlimited
      """;

  private static final String LOCK = "select id from account where id = :account for no key update";

  /** In a statement after the lock, so that it sees what was committed before. */
  private static final String ADD_UP_DELTAS =
      """
      with taken as (
        delete from credit_delta where account_id = :account returning reserved, charged),
      sum as (
        select sum(reserved)::bigint as reserved, sum(charged)::bigint as charged from taken)
      update account a set reserved = a.reserved + s.reserved, charged = a.charged + s.charged
      from sum s where a.id = :account and s.reserved is not null
      """;

  private static final String RESERVE_IF_COVERED =
      """
      with covered as (
        update account set reserved = reserved + :credits
        where id = :account and granted - reserved - charged >= :credits
        returning id)
      insert into credit_entry (account_id, at, kind, credits, batch_id)
      select id, :at, 'reserve', :credits, :batch from covered
      """;

  private static final String AVAILABLE =
      """
      select granted - reserved - charged
        - (select coalesce(sum(reserved + charged), 0) from credit_delta where account_id = a.id)
      from account a where id = :account
      """;

  private static final String ACCOUNTS_WITH_DELTAS = "select distinct account_id from credit_delta";

  private static final String SETTLE =
      """
      with move as (
        select account, batch, charge, refund
        from unnest(:accounts, :batches, :charges, :refunds) as u (account, batch, charge, refund)),
      delta as (
        insert into credit_delta (account_id, reserved, charged)
        select account, sum(0 - m.charge - m.refund)::bigint, sum(m.charge)::bigint
        from move m group by account)
      insert into credit_entry (account_id, at, kind, credits, batch_id)
      select m.account, :at, e.kind, e.credits, m.batch
      from move m cross join lateral (values ('charge', m.charge), ('refund', m.refund)) as e (kind, credits)
      where e.credits > 0
      """;

  private static final String GRANT =
      """
      with granted as (
        update account set granted = granted + :credits where id = :account returning id)
      insert into credit_entry (account_id, at, kind, credits)
      select id, :at, 'grant', :credits from granted
      """;

  /** A batch's reserved credits that become charged and refunded ones. */
  public record CreditMove(UUID account, UUID batch, long charge, long refund) {}

  private CreditJournal() {}

  /** Reserves for a batch; false when the account does not cover it, and then nothing changed. */
  public static boolean reserveIfCovered(
      Tx tx, UUID account, UUID batch, long credits, Instant at) {
    if (credits == 0) {
      return true;
    }
    if (reserve(tx.update(RESERVE_IF_UNLIMITED), account, batch, credits, at)) {
      return true;
    }
    addUp(tx, account);
    return reserve(tx.update(RESERVE_IF_COVERED), account, batch, credits, at);
  }

  private static boolean reserve(
      Update statement, UUID account, UUID batch, long credits, Instant at) {
    return statement
            .bind("account", account)
            .bind("credits", credits)
            .bind("batch", batch)
            .bind("at", at)
            .execute()
        == 1;
  }

  /** The accounts whose sums do not contain all deltas yet. */
  public static List<UUID> accountsWithDeltas(Tx tx) {
    return tx.query(ACCOUNTS_WITH_DELTAS).mapTo(UUID.class).list();
  }

  /** Adds the deltas of an account to its sums; its row is locked until the transaction ends. */
  public static void addUp(Tx tx, UUID account) {
    tx.query(LOCK).bind("account", account).mapTo(UUID.class).list();
    tx.update(ADD_UP_DELTAS).bind("account", account).execute();
  }

  /** Adds to what an account may use; false when there is no such account. */
  static boolean grant(Tx tx, UUID account, long credits, Instant at) {
    return tx.update(GRANT)
            .bind("account", account)
            .bind("credits", credits)
            .bind("at", at)
            .execute()
        == 1;
  }

  /** What an account with a limit could still reserve. */
  public static long available(Tx tx, UUID account) {
    return tx.query(AVAILABLE).bind("account", account).mapTo(Long.class).one();
  }

  /** Turns reserved credits of batches into charged and refunded ones. Waits for no lock. */
  public static void settle(Tx tx, List<CreditMove> moves, Instant at) {
    List<CreditMove> real = moves.stream().filter(m -> m.charge() > 0 || m.refund() > 0).toList();
    if (real.isEmpty()) {
      return;
    }
    tx.update(SETTLE)
        .bind("accounts", ColumnValues.uuids(real.stream().map(CreditMove::account).toList()))
        .bind("batches", ColumnValues.uuids(real.stream().map(CreditMove::batch).toList()))
        .bind("charges", ColumnValues.longs(real.stream().mapToLong(CreditMove::charge).toArray()))
        .bind("refunds", ColumnValues.longs(real.stream().mapToLong(CreditMove::refund).toArray()))
        .bind("at", at)
        .execute();
  }
}
