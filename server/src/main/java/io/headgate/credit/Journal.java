package io.headgate.credit;

import io.headgate.db.Tx;
import java.time.Instant;
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

  private static final String SETTLE =
      """
      update account set reserved = reserved - :charge - :refund, charged = charged + :charge
      where id = :account
      """;

  private static final String GRANT =
      "update account set granted = granted + :credits where id = :account";

  private static final String APPEND =
      """
      insert into credit_entry (account_id, at, kind, credits, batch_id)
      values (:account, :at, :kind, :credits, :batch)
      """;

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
    append(tx, account, batch, "reserve", credits, at);
    return true;
  }

  /** Adds to what an account may use; false when there is no such account. */
  static boolean grant(Tx tx, UUID account, long credits, Instant at) {
    int rows = tx.update(GRANT).bind("account", account).bind("credits", credits).execute();
    if (rows == 1) {
      append(tx, account, null, "grant", credits, at);
    }
    return rows == 1;
  }

  /** What an account with a limit could still reserve. */
  public static long available(Tx tx, UUID account) {
    return tx.query(AVAILABLE).bind("account", account).mapTo(Long.class).one();
  }

  /** Turns reserved credits of a batch into charged and refunded ones. */
  public static void settle(Tx tx, UUID account, UUID batch, long charge, long refund, Instant at) {
    if (charge == 0 && refund == 0) {
      return;
    }
    tx.update(SETTLE)
        .bind("account", account)
        .bind("charge", charge)
        .bind("refund", refund)
        .execute();
    append(tx, account, batch, "charge", charge, at);
    append(tx, account, batch, "refund", refund, at);
  }

  private static void append(
      Tx tx, UUID account, @Nullable UUID batch, String kind, long credits, Instant at) {
    if (credits > 0) {
      tx.update(APPEND)
          .bind("account", account)
          .bind("at", at)
          .bind("kind", kind)
          .bind("credits", credits)
          .bindByType("batch", batch, UUID.class)
          .execute();
    }
  }
}
