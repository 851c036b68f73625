package io.headgate.bench;

import io.headgate.Server;
import io.headgate.client.Batch;
import io.headgate.client.HeadgateClient;
import io.headgate.client.ItemFormat;
import io.headgate.client.NewBatch;
import io.headgate.config.Config;
import io.headgate.config.ConfigKey;
import io.headgate.db.Database;
import io.headgate.db.LocalPostgres;
import io.headgate.node.FailureReaction;
import io.headgate.processor.Processor;
import java.io.ByteArrayInputStream;
import java.net.URI;
import java.nio.file.Files;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * A complete server with its own embedded PostgreSQL. Closing it removes both. The competitors use
 * the same PostgreSQL.
 */
final class BenchServer implements AutoCloseable {

  /** A start time in the far future: the batch stays pending. */
  static final Instant FAR_FUTURE = Instant.parse("2099-01-01T00:00:00Z");

  private static final int FULL_SPEED_SLOTS = 1_024;
  private static final Duration ITEM_TIMEOUT = Duration.ofHours(1);

  private final TemporaryFolder folder;
  private final LocalPostgres postgres;
  private final Database.DatabaseAddress address;
  private final NoopProcessor noop = new NoopProcessor();
  private final Server server;
  private final HeadgateClient client;
  private final String key;

  /** Opened at the start, so that no measured wait includes a connect. */
  private final Connection statistics;

  private BenchServer(TemporaryFolder folder, LocalPostgres postgres, List<Processor> additional)
      throws Exception {
    this.folder = folder;
    this.postgres = postgres;
    this.address = postgres.address("postgres", 1);
    List<Processor> processors = new ArrayList<>(additional);
    processors.add(noop);
    this.server = Server.start(config(), processors, FailureReaction.NONE);
    this.key = Files.readString(folder.path().resolve("admin.key")).strip();
    this.client = HeadgateClient.at(URI.create(server.address()), key);
    this.statistics = connect();
  }

  static BenchServer open(Settings settings) throws Exception {
    return open(settings, List.of());
  }

  /** Starts a server that has further processors. */
  static BenchServer open(Settings settings, List<Processor> additional) throws Exception {
    TemporaryFolder folder = TemporaryFolder.in(settings.folder());
    try {
      LocalPostgres postgres = LocalPostgres.start(folder.path().resolve("postgresql"));
      try {
        postgres.createLogSegments();
        BenchServer benchServer = new BenchServer(folder, postgres, additional);
        benchServer.checkDurability();
        return benchServer;
      } catch (Exception e) {
        postgres.close();
        throw e;
      }
    } catch (Exception e) {
      folder.close();
      throw e;
    }
  }

  private Config config() {
    String login = "postgresql://%s:%s@".formatted(address.user(), address.password());
    String url = address.jdbcUrl().replace("jdbc:postgresql://", login);
    return Config.of(
        Map.of(
            ConfigKey.DATA,
            folder.path().toString(),
            ConfigKey.DATABASE_URL,
            url,
            ConfigKey.PORT,
            "0",
            ConfigKey.SLOTS,
            String.valueOf(FULL_SPEED_SLOTS),
            ConfigKey.REQUESTS_PER_MINUTE,
            "0",
            ConfigKey.ALLOW_PRIVATE_TARGETS,
            "true"));
  }

  private void checkDurability() throws Exception {
    Report.printLine("  " + Durability.check(statistics, folder.path()));
  }

  HeadgateClient client() {
    return client;
  }

  /** The URL of the server, without a path. */
  String url() {
    return server.address();
  }

  /** The secret of the admin key. */
  String key() {
    return key;
  }

  NoopProcessor noop() {
    return noop;
  }

  /** The connection for reading statistics; for one thread. */
  Connection statistics() {
    return statistics;
  }

  Database.DatabaseAddress address() {
    return address;
  }

  Connection connect() throws SQLException {
    return DriverManager.getConnection(address.jdbcUrl(), address.user(), address.password());
  }

  /**
   * Runs a checkpoint, so that a measured round does not pay for the writes of the previous one.
   */
  void checkpoint() throws SQLException {
    execute("checkpoint");
  }

  void execute(String sql) throws SQLException {
    try (Statement statement = statistics.createStatement()) {
      statement.execute(sql);
    }
  }

  long count(String sql) throws SQLException {
    try (Statement statement = statistics.createStatement();
        ResultSet row = statement.executeQuery(sql)) {
      row.next();
      return row.getLong(1);
    }
  }

  /** Submits a batch over HTTP that runs at once. */
  Batch submit(byte[] ndjson) {
    return submit(NewBatch.of(NoopProcessor.NAME), ndjson);
  }

  /** Submits a batch over HTTP that stays pending. */
  Batch submitWaiting(byte[] ndjson) {
    return submit(NewBatch.of(NoopProcessor.NAME).startAt(FAR_FUTURE), ndjson);
  }

  /** Submits a given batch over HTTP. */
  Batch submit(NewBatch batch, byte[] ndjson) {
    return client
        .submit(batch.timeout(ITEM_TIMEOUT), ItemFormat.NDJSON, new ByteArrayInputStream(ndjson))
        .value();
  }

  /** Waits until {@code runs} items have run in total and every started batch has ended. */
  void awaitDrained(long runs) throws Exception {
    Polling.until(runs + " items have run", () -> noop.runs() >= runs);
    Polling.until(
        "every batch has ended",
        () ->
            count("select count(*) from batch where finished_at is null and start_at is null")
                == 0);
  }

  @Override
  public void close() {
    noop.openGate();
    client.close();
    try (folder;
        postgres;
        server) {
      statistics.close();
    } catch (SQLException e) {
      throw new IllegalStateException("the database ended before the benchmark server", e);
    }
  }
}
