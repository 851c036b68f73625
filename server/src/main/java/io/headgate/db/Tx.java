package io.headgate.db;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.function.Consumer;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.PreparedBatch;
import org.jdbi.v3.core.statement.Query;
import org.jdbi.v3.core.statement.Update;
import org.postgresql.PGConnection;
import org.postgresql.copy.CopyIn;

/**
 * An open transaction. Whoever has one may read and write; only {@link Database} begins and ends
 * it.
 */
public final class Tx {

  private final Handle handle;
  private final List<Signal> said = new ArrayList<>();

  Tx(Handle handle) {
    this.handle = handle;
  }

  List<Signal> said() {
    return said;
  }

  public Query query(String sql) {
    return handle.createQuery(sql);
  }

  public Update update(String sql) {
    return handle.createUpdate(sql);
  }

  public PreparedBatch batch(String sql) {
    return handle.prepareBatch(sql);
  }

  /**
   * Appends rows by COPY, all of them or, when that fails, none.
   *
   * @param sql {@code copy … from stdin (format binary)}
   */
  public void copy(String sql, Consumer<CopyRows> rows) {
    try {
      CopyIn copy = connection().unwrap(PGConnection.class).getCopyAPI().copyIn(sql);
      try {
        CopyRows written = new CopyRows(copy);
        rows.accept(written);
        written.end();
        copy.endCopy();
      } finally {
        if (copy.isActive()) {
          copy.cancelCopy();
        }
      }
    } catch (SQLException e) {
      throw new CopyRows.Failed(e);
    }
  }

  /**
   * Lets this transaction wait for a client, for as long as {@code work} takes. It must not hold a
   * lock meanwhile that anybody else could want.
   */
  public void waitingForClient(Runnable work) {
    handle.execute("set local idle_in_transaction_session_timeout = 0");
    work.run();
    handle.execute("set local idle_in_transaction_session_timeout to default");
  }

  /** The connection itself, for COPY and arrays. */
  public Connection connection() {
    return handle.getConnection();
  }

  /** Tells every listening node, once this transaction has committed. */
  public void notify(Collection<? extends Signal> signals) {
    said.addAll(signals);
  }

  public void notify(Signal signal) {
    notify(List.of(signal));
  }
}
