package io.headgate.db;

import java.sql.SQLException;
import java.sql.SQLTransientConnectionException;
import org.jspecify.annotations.Nullable;

/** Classifies exceptions of the database, so that every API responds in the same way. */
public final class DatabaseErrors {

  /** PostgreSQL ended a transaction because this process was idle in it for too long. */
  private static final String IDLE_IN_TRANSACTION_TIMEOUT = "25P03";

  private DatabaseErrors() {}

  /** True when the database could not be reached, went away or is shutting down. */
  public static boolean isUnreachable(Throwable e) {
    SQLException cause = sqlCause(e);
    if (cause == null) {
      return false;
    }
    String state = cause.getSQLState();
    return cause instanceof SQLTransientConnectionException
        || (state != null
            && (state.startsWith("08")
                || state.startsWith("57P")
                || state.equals("53300")
                || state.equals(IDLE_IN_TRANSACTION_TIMEOUT)));
  }

  /** True when the disk of the database is full; the transaction was rolled back. */
  public static boolean isDiskFull(Throwable e) {
    SQLException cause = sqlCause(e);
    return cause != null && "53100".equals(cause.getSQLState());
  }

  /** True when PostgreSQL refused a text because of a character that it cannot store. */
  public static boolean isUnstorableText(Throwable e) {
    SQLException cause = sqlCause(e);
    return cause != null
        && ("22021".equals(cause.getSQLState()) || "22P05".equals(cause.getSQLState()));
  }

  private static @Nullable SQLException sqlCause(Throwable e) {
    for (Throwable at = e; at != null; at = at.getCause()) {
      if (at instanceof SQLException sql) {
        return sql;
      }
    }
    return null;
  }
}
