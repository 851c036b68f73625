package io.headgate.bench;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;

/**
 * An empty database for a competitor on the PostgreSQL of the benchmark, with a connection pool.
 */
final class CompetitorDatabase implements AutoCloseable {

  private static final String NAME = "competitor";
  private static final String DROP = "drop database if exists competitor with (force)";

  private final BenchServer server;
  private final HikariDataSource pool;

  private CompetitorDatabase(BenchServer server, HikariDataSource pool) {
    this.server = server;
    this.pool = pool;
  }

  static CompetitorDatabase open(BenchServer server, int connections) throws SQLException {
    server.execute(DROP);
    server.execute("create database " + NAME);
    HikariConfig config = new HikariConfig();
    config.setJdbcUrl(server.address().jdbcUrl().replaceAll("/postgres$", "/" + NAME));
    config.setUsername(server.address().user());
    config.setPassword(server.address().password());
    config.setMaximumPoolSize(connections);
    return new CompetitorDatabase(server, new HikariDataSource(config));
  }

  HikariDataSource pool() {
    return pool;
  }

  /** The URL of the database in the form that Node.js drivers accept. */
  String url() {
    return pool.getJdbcUrl()
        .replace(
            "jdbc:postgresql://",
            "postgres://" + pool.getUsername() + ":" + pool.getPassword() + "@");
  }

  /** Formats the rows of a query of two columns as "text number". */
  String summary(String sql) throws SQLException {
    try (Connection connection = pool.getConnection();
        Statement statement = connection.createStatement();
        ResultSet row = statement.executeQuery(sql)) {
      List<String> lines = new ArrayList<>();
      while (row.next()) {
        lines.add("%s %,d".formatted(row.getString(1), row.getLong(2)));
      }
      return lines.isEmpty() ? "no rows" : String.join(", ", lines);
    }
  }

  void execute(String sql) throws SQLException {
    try (Connection connection = pool.getConnection();
        Statement statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }

  /** Waits until the query returns 0. Uses one connection for all polls. */
  void awaitNone(String what, String sql) throws Exception {
    try (Connection connection = pool.getConnection();
        Statement statement = connection.createStatement()) {
      Polling.until(what, () -> count(statement, sql) == 0);
    }
  }

  private static long count(Statement statement, String sql) throws SQLException {
    try (ResultSet row = statement.executeQuery(sql)) {
      row.next();
      return row.getLong(1);
    }
  }

  @Override
  public void close() throws SQLException {
    pool.close();
    server.execute(DROP);
  }
}
