package io.headgate.credit;

import io.headgate.db.Column;
import io.headgate.db.Tx;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Moves credits of an account. Every move is an entry of the append-only journal, in the
 * transaction of whoever moves; the account's sums follow. Amounts of zero leave no trace.
 */
public final class Journal {

  private static final String RESERVE_IF_COVERED =
      """
      update account set reserved = reserved + :credits
      where id = :account and (unlimited or granted - reserved - charged >= :credits)
      """;

  private static final String AVAILABLE =
      "select granted - reserved - charged from account where id = :account";

  private static final String SETTLE_IN_ACCOUNT_ORDER =
      """
      update account a
      set reserved = a.reserved - m.charge - m.refund, charged = a.charged + m.charge
      from (select account, sum(charge)::bigint as charge, sum(refund)::bigint as refund
            from unnest(:accounts, :charges, :refunds) as u (account, charge, refund)
            group by account) m
      where a.id = m.account
      """;

  private static final String GRANT =
      "update account set granted = granted + :credits where id = :account";

  private static final String APPEND =
      """
      insert into credit_entry (account_id, at, kind, credits, batch_id)
      select account, :at, kind, credits, batch
      from unnest(:accounts, :kinds, :credits, :batches) as u (account, kind, credits, batch)
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
    int rows =
        tx.update(RESERVE_IF_COVERED).bind("account", account).bind("credits", credits).execute();
    if (rows == 0) {
      return false;
    }
    append(tx, List.of(new Entry(account, "reserve", credits, batch)), at);
    return true;
  }

  /** Adds to what an account may use; false when there is no such account. */
  static boolean grant(Tx tx, UUID account, long credits, Instant at) {
    int rows = tx.update(GRANT).bind("account", account).bind("credits", credits).execute();
    if (rows == 1) {
      append(tx, List.of(new Entry(account, "grant", credits, null)), at);
    }
    return rows == 1;
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
    tx.update(SETTLE_IN_ACCOUNT_ORDER)
        .bind("accounts", Column.uuids(real.stream().map(Move::account).toList()))
        .bind("charges", Column.longs(real.stream().mapToLong(Move::charge).toArray()))
        .bind("refunds", Column.longs(real.stream().mapToLong(Move::refund).toArray()))
        .execute();
    List<Entry> entries = new ArrayList<>();
    for (Move move : real) {
      entries.add(new Entry(move.account(), "charge", move.charge(), move.batch()));
      entries.add(new Entry(move.account(), "refund", move.refund(), move.batch()));
    }
    append(tx, entries, at);
  }

  private record Entry(UUID account, String kind, long credits, @Nullable UUID batch) {}

  private static void append(Tx tx, List<Entry> entries, Instant at) {
    List<Entry> real = entries.stream().filter(e -> e.credits() > 0).toList();
    tx.update(APPEND)
        .bind("at", at)
        .bind("accounts", Column.uuids(real.stream().map(Entry::account).toList()))
        .bind("kinds", Column.texts(real.stream().map(Entry::kind).toArray(String[]::new)))
        .bind("credits", Column.longs(real.stream().mapToLong(Entry::credits).toArray()))
        .bind("batches", Column.uuids(batches(real)))
        .execute();
  }

  private static List<@Nullable UUID> batches(List<Entry> entries) {
    List<@Nullable UUID> batches = new ArrayList<>();
    entries.forEach(entry -> batches.add(entry.batch()));
    return batches;
  }
}
