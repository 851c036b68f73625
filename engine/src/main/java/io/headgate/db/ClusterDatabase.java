package io.headgate.db;

import java.time.Duration;

/**
 * The database that all nodes of a cluster share, as one process uses it: its transactions, its
 * clock, its notifications and its partitions.
 *
 * <p>Thread-safe.
 */
public final class ClusterDatabase implements AutoCloseable {

  private final Database database;
  private final ClusterClock clock;
  private final NotificationListener listener;
  private final Partitions partitions;

  /**
   * Reads the clock of the database and starts to listen for notifications.
   *
   * @param database migrated; the caller closes it after this
   * @param partitionInterval time that one partition of items and results spans
   */
  public ClusterDatabase(Database database, Duration partitionInterval) {
    this.database = database;
    this.clock = ClusterClock.of(database);
    this.partitions = new Partitions(database, partitionInterval);
    this.listener = NotificationListener.start(database);
  }

  public Database database() {
    return database;
  }

  public ClusterClock clock() {
    return clock;
  }

  public NotificationListener listener() {
    return listener;
  }

  public Partitions partitions() {
    return partitions;
  }

  /** Stops to listen. The database stays open. */
  @Override
  public void close() {
    listener.close();
  }
}
