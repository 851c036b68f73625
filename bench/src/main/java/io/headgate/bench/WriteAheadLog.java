package io.headgate.bench;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;

/**
 * Counts what PostgreSQL wrote between two moments. It reads the write-ahead log, which is exact
 * and does not depend on when statistics are collected.
 */
final class WriteAheadLog {

  private static final String WRITTEN =
      """
      select coalesce(sum(count) filter (where kind ~ '^Heap2?/(MULTI_)?(INSERT|.*UPDATE|DELETE)'), 0),
             coalesce(sum(count) filter (where kind ~ '^Heap/(.*UPDATE|DELETE)'), 0),
             pg_wal_lsn_diff(?::pg_lsn, ?::pg_lsn)
        from (select "resource_manager/record_type" as kind, count
                from pg_get_wal_stats(?::pg_lsn, ?::pg_lsn, true)) as records
      """;

  private final Connection connection;

  WriteAheadLog(Connection connection) {
    this.connection = connection;
  }

  /** Makes the log readable and keeps it until it was read. */
  void keep() throws SQLException {
    try (Statement statement = connection.createStatement()) {
      statement.execute("create extension if not exists pg_walinspect");
      statement.execute("alter system set wal_keep_size = '16GB'");
      statement.execute("select pg_reload_conf()");
    }
  }

  String now() throws SQLException {
    try (Statement statement = connection.createStatement();
        ResultSet row = statement.executeQuery("select pg_current_wal_lsn()")) {
      row.next();
      return row.getString(1);
    }
  }

  WriteCost between(String from, String to) throws SQLException {
    try (PreparedStatement query = connection.prepareStatement(WRITTEN)) {
      query.setString(1, to);
      query.setString(2, from);
      query.setString(3, from);
      query.setString(4, to);
      try (ResultSet row = query.executeQuery()) {
        row.next();
        return new WriteCost(row.getLong(1), row.getLong(2), row.getLong(3));
      }
    }
  }

  /**
   * The writes of the whole database cluster.
   *
   * @param rows rows that were inserted, updated or deleted
   * @param dead row versions left to vacuum: one for each update and delete
   * @param bytes the size of the log
   */
  record WriteCost(long rows, long dead, long bytes) {}
}
