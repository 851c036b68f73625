package io.headgate.engine;

import io.headgate.db.DatabaseErrors;
import java.sql.SQLException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Distinguishes failures that one batch or result causes from those that would hit any other. */
final class Isolation {

  /**
   * SQLSTATE classes of failures that have nothing to do with the rows: connections, aborted
   * transactions, permissions, missing tables, resources, locks, interventions, the system below
   * PostgreSQL.
   */
  private static final List<String> OF_THE_DATABASE =
      List.of("08", "25", "28", "3D", "40", "42", "53", "55", "57", "58");

  /** SQLSTATE classes of refused values: data exceptions, and values over a limit. */
  private static final List<String> OF_A_VALUE = List.of("22", "54");

  private Isolation() {}

  /** True when the same work without the batch or result to blame may succeed. */
  static boolean concernsOneBatch(RuntimeException e) {
    return !(e instanceof NodeStoppedException)
        && !DatabaseErrors.isUnreachable(e)
        && !isOfClass(e, OF_THE_DATABASE);
  }

  /** True when the database refused a value that it cannot store. */
  static boolean refusesValue(RuntimeException e) {
    return isOfClass(e, OF_A_VALUE);
  }

  private static boolean isOfClass(RuntimeException e, List<String> classes) {
    String state = sqlState(e);
    return state != null && classes.stream().anyMatch(state::startsWith);
  }

  private static @Nullable String sqlState(RuntimeException e) {
    for (Throwable at = e; at != null; at = at.getCause()) {
      if (at instanceof SQLException sql) {
        return sql.getSQLState();
      }
    }
    return null;
  }
}
