package io.headgate.db;

import java.util.Locale;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.Query;

/**
 * Read access to the database. It runs queries only: code that receives a {@code Snapshot} can
 * neither write nor notify. Code that only reads takes a {@code Snapshot}; because every {@link Tx}
 * is one, it also runs inside a transaction, and then sees what that transaction wrote.
 *
 * <p>What the queries see depends on where the snapshot comes from:
 *
 * <ul>
 *   <li>{@link Database#read}: each statement sees what was committed when it starts. Two
 *       statements of the same call may see different states.
 *   <li>{@link Database#inSnapshot}: all statements see the same state.
 *   <li>{@link Database#inTransaction}: {@code READ COMMITTED}; each statement sees its own state.
 * </ul>
 *
 * <p>Not thread-safe, and valid only during the call that it was passed to.
 */
public sealed class Snapshot permits Tx {

  /** The connection, for the statements that the subclass adds. */
  final Handle handle;

  Snapshot(Handle handle) {
    this.handle = handle;
  }

  /**
   * A query.
   *
   * @throws IllegalArgumentException outside a transaction, when {@code sql} is not a query
   */
  public Query query(String sql) {
    requireQuery(sql);
    return handle.createQuery(sql);
  }

  /**
   * Runs a {@code set local …} or a {@code lock table … in access share mode} ahead of the queries
   * of a transaction. PostgreSQL allows both in one that only reads.
   */
  public void prepare(String sql) {
    if (!startsWith(sql, "set local ") && !startsWith(sql, "lock table ")) {
      throw new IllegalArgumentException("does not prepare a read: " + sql);
    }
    handle.execute(sql);
  }

  /**
   * PostgreSQL itself enforces this in {@link Database#inSnapshot}. In {@link Database#read} a
   * read-only transaction would cost a second round trip (measured on one machine: 50 µs instead of
   * 39 µs), so the text is checked instead.
   */
  void requireQuery(String sql) {
    String text = sql.stripLeading();
    boolean query =
        startsWith(text, "select")
            || (startsWith(text, "with") && !modifies(text))
            || startsWith(text, "show");
    if (!query) {
      throw new IllegalArgumentException("not a query, run it in a transaction: " + sql);
    }
  }

  private static boolean startsWith(String text, String word) {
    return text.regionMatches(true, 0, word, 0, word.length());
  }

  /** True for {@code with} clauses that write. */
  private static boolean modifies(String text) {
    String lower = text.toLowerCase(Locale.ROOT);
    return lower.contains("insert into ")
        || lower.contains("delete from ")
        || (lower.contains("update ") && lower.contains(" set "));
  }
}
