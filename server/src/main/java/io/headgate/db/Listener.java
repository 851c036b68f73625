package io.headgate.db;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import org.postgresql.PGConnection;
import org.postgresql.PGNotification;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Receives the signals of all nodes through LISTEN, on a connection of its own that is opened anew
 * whenever it breaks. Signals sent meanwhile are lost, so subscribers must also poll now and then.
 * Signals of this process arrive twice: right after the commit, and with the notifications.
 *
 * <p>Thread-safe.
 */
public final class Listener implements AutoCloseable {

  private static final Logger log = LoggerFactory.getLogger(Listener.class);
  private static final Duration WAIT = Duration.ofSeconds(1);

  private final Database.Address address;
  private final List<Consumer<Signal>> hearers = new CopyOnWriteArrayList<>();
  private final Loop loop;
  private @org.jspecify.annotations.Nullable Connection connection;

  private Listener(Database.Address address) {
    this.address = address;
    this.loop = new Loop("headgate-listener", WAIT, this::runOnce);
  }

  public static Listener start(Database database) {
    Listener listener = new Listener(database.address());
    database.hear(listener::tell);
    listener.loop.start();
    return listener;
  }

  /** Calls {@code hearer} on the listening or the committing thread, so it must be quick. */
  public Subscription hear(Consumer<Signal> hearer) {
    hearers.add(hearer);
    return () -> hearers.remove(hearer);
  }

  /** Ends a subscription when closed. */
  public interface Subscription extends AutoCloseable {
    @Override
    void close();
  }

  /** The loop that waits for notifications. */
  public Loop loop() {
    return loop;
  }

  private boolean runOnce() throws SQLException {
    try {
      PGNotification[] heard =
          connection().unwrap(PGConnection.class).getNotifications((int) WAIT.toMillis());
      if (heard != null) {
        for (PGNotification notification : heard) {
          Signal.parse(notification.getParameter()).ifPresent(this::tell);
        }
      }
      return true;
    } catch (SQLException e) {
      disconnect();
      throw e;
    }
  }

  private void tell(Signal signal) {
    for (Consumer<Signal> hearer : hearers) {
      hearer.accept(signal);
    }
  }

  private Connection connection() throws SQLException {
    Connection open = connection;
    if (open == null) {
      open = DriverManager.getConnection(address.jdbcUrl(), address.user(), address.password());
      try (var statement = open.createStatement()) {
        statement.execute("listen headgate");
      }
      connection = open;
      // Signals may have been missed while there was no connection.
      tell(new Signal.Work());
      tell(new Signal.Delivery());
    }
    return open;
  }

  private void disconnect() {
    Connection open = connection;
    connection = null;
    if (open != null) {
      try {
        open.close();
      } catch (SQLException e) {
        log.debug("closing a broken connection failed", e);
      }
    }
  }

  @Override
  public void close() {
    loop.close();
    disconnect();
  }
}
