package io.headgate.db;

import java.sql.SQLException;
import java.sql.SQLTransientConnectionException;
import org.jspecify.annotations.Nullable;

/** Tells from an exception what is wrong with the database, so that doors can answer it. */
public final class Outage {

  /** The database gave up a transaction because this process had done nothing in it for long. */
  private static final String STOOD_STILL = "25P03";

  private Outage() {}

  /** True when the database could not be reached, went away or is shutting down. */
  public static boolean unreachable(Throwable e) {
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
                || state.equals(STOOD_STILL)));
  }

  /** True when the disk of the database has no room; what was asked was rolled back. */
  public static boolean full(Throwable e) {
    SQLException cause = sqlCause(e);
    return cause != null && "53100".equals(cause.getSQLState());
  }

  /** True when PostgreSQL refused a text for a character it cannot hold. */
  public static boolean unstorable(Throwable e) {
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
