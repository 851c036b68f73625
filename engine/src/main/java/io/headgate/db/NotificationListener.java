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
 * whenever it breaks. Signals sent meanwhile are lost, so subscribers must also poll. Signals of
 * this process arrive twice: right after the commit, and with the notifications.
 *
 * <p>Thread-safe.
 */
public final class NotificationListener implements AutoCloseable {

  private static final Logger log = LoggerFactory.getLogger(NotificationListener.class);
  private static final Duration WAIT = Duration.ofSeconds(1);

  private final Database.DatabaseAddress address;
  private final List<Consumer<Signal>> subscribers = new CopyOnWriteArrayList<>();
  private final Loop loop;
  private @org.jspecify.annotations.Nullable Connection connection;

  private NotificationListener(Database.DatabaseAddress address) {
    this.address = address;
    this.loop = new Loop("headgate-listener", WAIT, this::runOnce);
  }

  public static NotificationListener start(Database database) {
    NotificationListener listener = new NotificationListener(database.address());
    database.subscribe(listener::publish);
    listener.loop.start();
    return listener;
  }

  /** Calls {@code subscriber} on the listening or the committing thread, so it must be quick. */
  public Subscription subscribe(Consumer<Signal> subscriber) {
    subscribers.add(subscriber);
    return () -> subscribers.remove(subscriber);
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
      PGNotification[] notifications =
          connection().unwrap(PGConnection.class).getNotifications((int) WAIT.toMillis());
      if (notifications != null) {
        for (PGNotification notification : notifications) {
          Signal.parse(notification.getParameter()).ifPresent(this::publish);
        }
      }
      return true;
    } catch (SQLException e) {
      disconnect();
      throw e;
    }
  }

  private void publish(Signal signal) {
    for (Consumer<Signal> subscriber : subscribers) {
      subscriber.accept(signal);
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
      publish(new Signal.WorkAvailable());
      publish(new Signal.DeliveryDue());
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
