package io.headgate.credit;

import io.headgate.db.Column;
import io.headgate.db.Tx;
import java.time.Instant;
import java.util.List;
import java.util.UUID;

/**
 * Moves credits of an account. Every move is an entry of the append-only journal, in the
 * transaction of whoever moves; the account's sums follow. Amounts of zero leave no trace.
 */
public final class Journal {

  private static final String RESERVE_IF_COVERED =
      """
      with covered as (
        update account set reserved = reserved + :credits
        where id = :account and (unlimited or granted - reserved - charged >= :credits)
        returning id)
      insert into credit_entry (account_id, at, kind, credits, batch_id)
      select id, :at, 'reserve', :credits, :batch from covered
      """;

  private static final String AVAILABLE =
      "select granted - reserved - charged from account where id = :account";

  private static final String SETTLE =
      """
      with move as (
        select account, batch, charge, refund
        from unnest(:accounts, :batches, :charges, :refunds) as u (account, batch, charge, refund)),
      sum as (
        update account a
        set reserved = a.reserved - m.charge - m.refund, charged = a.charged + m.charge
        from (select account, sum(charge)::bigint as charge, sum(refund)::bigint as refund
              from move group by account) m
        where a.id = m.account)
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
  public record Move(UUID account, UUID batch, long charge, long refund) {}

  private Journal() {}

  /** Reserves for a batch; false when the account does not cover it, and then nothing changed. */
  public static boolean reserveIfCovered(
      Tx tx, UUID account, UUID batch, long credits, Instant at) {
    if (credits == 0) {
      return true;
    }
    return tx.update(RESERVE_IF_COVERED)
            .bind("account", account)
            .bind("credits", credits)
            .bind("batch", batch)
            .bind("at", at)
            .execute()
        == 1;
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

  /**
   * Turns reserved credits of batches into charged and refunded ones. Whoever moves for several
   * accounts in one transaction has locked them in the order of their ids before.
   */
  public static void settle(Tx tx, List<Move> moves, Instant at) {
    List<Move> real = moves.stream().filter(m -> m.charge() > 0 || m.refund() > 0).toList();
    if (real.isEmpty()) {
      return;
    }
    tx.update(SETTLE)
        .bind("accounts", Column.uuids(real.stream().map(Move::account).toList()))
        .bind("batches", Column.uuids(real.stream().map(Move::batch).toList()))
        .bind("charges", Column.longs(real.stream().mapToLong(Move::charge).toArray()))
        .bind("refunds", Column.longs(real.stream().mapToLong(Move::refund).toArray()))
        .bind("at", at)
        .execute();
  }
}
