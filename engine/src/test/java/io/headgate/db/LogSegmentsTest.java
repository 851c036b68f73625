package io.headgate.db;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.Statement;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The segments of the log that the embedded PostgreSQL creates in advance. */
class LogSegmentsTest {

  private static final int ENOUGH_TO_WRITE = 1 << 21;

  @TempDir Path folder;

  @Test
  void a_quiet_database_gets_one_segment_a_round_and_a_busy_one_none() throws Exception {
    try (LocalPostgres postgres = LocalPostgres.start(folder);
        Connection connection = connect(postgres.address("postgres", 1));
        Statement statement = connection.createStatement();
        LogSegments segments =
            new LogSegments(postgres.address("postgres", 1), folder.resolve("data"), 0)) {
      statement.execute("checkpoint");
      segments.runOnce();
      long first = current(statement);

      segments.runOnce();
      assertThat(current(statement)).isEqualTo(first + 1);

      statement.executeQuery(
          "select pg_logical_emit_message(false, 'test', repeat('x', " + ENOUGH_TO_WRITE + "))");
      segments.runOnce();
      assertThat(current(statement)).isEqualTo(first + 1);

      segments.runOnce();
      assertThat(current(statement)).isEqualTo(first + 2);
    }
  }

  @Test
  void a_checkpoint_keeps_all_of_them_for_reuse() throws Exception {
    try (LocalPostgres postgres = LocalPostgres.start(folder);
        Connection connection = connect(postgres.address("postgres", 1));
        Statement statement = connection.createStatement();
        LogSegments created =
            new LogSegments(postgres.address("postgres", 1), folder.resolve("data"), 0)) {
      created.createAll();
      assertThat(segments(statement)).isGreaterThanOrEqualTo(LogSegments.SEGMENTS);

      statement.execute("checkpoint");
      assertThat(segments(statement)).isGreaterThanOrEqualTo(LogSegments.SEGMENTS);
    }
  }

  private static Connection connect(Database.DatabaseAddress address) throws Exception {
    return DriverManager.getConnection(address.jdbcUrl(), address.user(), address.password());
  }

  /** The number of the segment that is written to. */
  private static long current(Statement statement) throws Exception {
    return number(
        statement,
        """
        select (pg_wal_lsn_diff(pg_current_wal_insert_lsn(), '0/0') / setting::bigint - 0.5)::bigint
        from pg_settings where name = 'wal_segment_size'
        """);
  }

  private static long segments(Statement statement) throws Exception {
    return number(statement, "select count(*) from pg_ls_waldir() where name ~ '^[0-9A-F]{24}$'");
  }

  private static long number(Statement statement, String sql) throws Exception {
    try (ResultSet row = statement.executeQuery(sql)) {
      row.next();
      return row.getLong(1);
    }
  }
}
