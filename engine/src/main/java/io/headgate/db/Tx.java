package io.headgate.db;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.function.Consumer;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.PreparedBatch;
import org.jdbi.v3.core.statement.Update;
import org.postgresql.PGConnection;
import org.postgresql.copy.CopyIn;

/**
 * An open {@code READ COMMITTED} transaction. Everything written with it commits together or not at
 * all. Only {@link Database} begins and ends it.
 *
 * <p>Not thread-safe, and valid only during the call that it was passed to.
 */
public final class Tx extends Snapshot {

  private final List<Signal> pendingSignals = new ArrayList<>();

  Tx(Handle handle) {
    super(handle);
  }

  List<Signal> pendingSignals() {
    return pendingSignals;
  }

  /** Inside a transaction every statement that returns rows is allowed. */
  @Override
  void requireQuery(String sql) {}

  public Update update(String sql) {
    return handle.createUpdate(sql);
  }

  public PreparedBatch batch(String sql) {
    return handle.prepareBatch(sql);
  }

  /**
   * Appends rows with COPY. When that fails, none is stored.
   *
   * @param sql {@code copy … from stdin (format binary)}
   */
  public void copy(String sql, Consumer<CopyWriter> rows) {
    try {
      CopyIn copy = connection().unwrap(PGConnection.class).getCopyAPI().copyIn(sql);
      try {
        CopyWriter written = new CopyWriter(copy);
        rows.accept(written);
        written.end();
        copy.endCopy();
      } finally {
        if (copy.isActive()) {
          copy.cancelCopy();
        }
      }
    } catch (SQLException e) {
      throw new CopyWriter.CopyFailed(e);
    }
  }

  /**
   * Runs {@code work}, which waits for a client, without the limit on idle transactions. The
   * transaction must not hold locks that others may need.
   */
  public void waitingForClient(Runnable work) {
    handle.execute("set local idle_in_transaction_session_timeout = 0");
    work.run();
    handle.execute("set local idle_in_transaction_session_timeout to default");
  }

  /** The JDBC connection, for COPY and arrays. */
  public Connection connection() {
    return handle.getConnection();
  }

  /** Sends signals to every listening node when this transaction commits. */
  public void notify(Collection<? extends Signal> signals) {
    pendingSignals.addAll(signals);
  }

  public void notify(Signal signal) {
    notify(List.of(signal));
  }
}
