package io.headgate.db;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;

/**
 * Creates the segments of the embedded PostgreSQL's write-ahead log before they are needed. A new
 * segment is filled with zeros and synced while every commit waits, some 100 ms on a small disk. A
 * checkpoint keeps used segments up to {@code min_wal_size} for reuse, but a new database has none.
 */
final class LogSegments implements AutoCloseable {

  /** Just below {@code min_wal_size}, so that checkpoints keep all of them. */
  static final int SEGMENTS = 60;

  private static final Duration PAUSE = Duration.ofSeconds(2);
  private static final long QUIET_BYTES = 1 << 20;
  static final long FREE_DISK_BYTES = 8L << 30;

  private static final String STATE =
      """
      select (select count(*) from pg_ls_waldir() where name ~ '^[0-9A-F]{24}$') as segments,
             pg_wal_lsn_diff(pg_current_wal_insert_lsn(), '0/0')::bigint as position
      """;

  /** A switch in a segment without records does nothing. */
  private static final String SWITCH =
      "select pg_switch_wal() from (select pg_logical_emit_message(false, 'headgate', '')) as record";

  private final Database.DatabaseAddress address;
  private final Path data;
  private final long freeDiskBytes;
  private final Loop loop =
      new Loop("headgate-log-segments", PAUSE, Duration.ofHours(1), this::runOnce);
  private long lastPosition = -1;
  private boolean complete;

  /**
   * @param address of a superuser
   * @param data the data folder of PostgreSQL
   * @param freeDiskBytes no segment is created while less is free on its disk
   */
  LogSegments(Database.DatabaseAddress address, Path data, long freeDiskBytes) {
    this.address = address;
    this.data = data;
    this.freeDiskBytes = freeDiskBytes;
  }

  /** Creates segments in the background, one at a time, while nothing else writes. */
  LogSegments start() {
    loop.start();
    return this;
  }

  boolean runOnce() throws SQLException, IOException {
    if (!complete) {
      try (Connection connection = connect();
          Statement statement = connection.createStatement()) {
        long before = lastPosition;
        State state = state(statement);
        if (before >= 0 && state.position() - before < QUIET_BYTES) {
          complete = addOne(statement, state.segments());
          state = state(statement);
        }
        lastPosition = state.position();
      }
    }
    return false;
  }

  /** Creates all segments now. */
  void createAll() throws SQLException, IOException {
    try (Connection connection = connect();
        Statement statement = connection.createStatement()) {
      while (!addOne(statement, state(statement).segments())) {
        // One more.
      }
    }
  }

  /** Adds a segment; true when there are enough, or no disk space for more. */
  private boolean addOne(Statement statement, int segments) throws SQLException, IOException {
    if (segments >= SEGMENTS || Files.getFileStore(data).getUsableSpace() < freeDiskBytes) {
      // Makes the segments that were used up reusable.
      statement.execute("checkpoint");
      return true;
    }
    statement.execute(SWITCH);
    return false;
  }

  private record State(int segments, long position) {}

  private static State state(Statement statement) throws SQLException {
    try (ResultSet row = statement.executeQuery(STATE)) {
      row.next();
      return new State(row.getInt("segments"), row.getLong("position"));
    }
  }

  private Connection connect() throws SQLException {
    return DriverManager.getConnection(address.jdbcUrl(), address.user(), address.password());
  }

  @Override
  public void close() {
    loop.close();
  }
}
