package io.headgate;

import io.headgate.api.OpenApi;
import io.headgate.audit.Audit;
import io.headgate.audit.AuditReport;
import io.headgate.config.Config;
import io.headgate.config.ConfigKey;
import io.headgate.db.ClusterClock;
import io.headgate.db.Database;
import io.headgate.db.TestPostgres;
import io.headgate.http.TestClient;
import io.headgate.node.FailureReaction;
import io.headgate.processor.Processor;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/** A complete server in this process, started as {@link Main} does, with its own database. */
public final class LiveServer implements AutoCloseable {

  public final Database database = TestPostgres.database();
  public final TestClient client;
  private final int port;
  private final String key;
  private final List<Server> servers = new ArrayList<>();

  public LiveServer(Processor... processors) {
    this(Map.of(), processors);
  }

  /**
   * @param extraConfig additional configuration
   * @param processors additional processors
   */
  public LiveServer(Map<ConfigKey, String> extraConfig, Processor... processors) {
    try {
      Path data = Files.createTempDirectory(Path.of("target"), "live");
      port = startServer(data, extraConfig, List.of(processors));
      key = Files.readString(data.resolve("admin.key")).strip();
      client = new TestClient(port, key, OpenApi::check);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  public int port() {
    return port;
  }

  /** The secret of the first admin key. */
  public String key() {
    return key;
  }

  private int startServer(
      Path data, Map<ConfigKey, String> extraConfig, List<Processor> processors) {
    Map<ConfigKey, String> config = new EnumMap<>(ConfigKey.class);
    config.put(ConfigKey.PORT, "0");
    config.put(ConfigKey.DATA, data.toString());
    config.put(ConfigKey.DATABASE_URL, url(database));
    config.put(ConfigKey.DATABASE_CONNECTIONS, "10");
    config.put(ConfigKey.LEASE_SECONDS, "2");
    config.put(ConfigKey.DRAIN_SECONDS, "0");
    config.putAll(extraConfig);
    Server server = Server.start(Config.of(config), processors, FailureReaction.NONE);
    servers.addFirst(server);
    return server.port();
  }

  /** Starts another server on the same database, without additional processors. */
  TestClient startAnother() {
    return startAnother(Map.of());
  }

  TestClient startAnother(Map<ConfigKey, String> extraConfig) {
    try {
      Path data = Files.createTempDirectory(Path.of("target"), "live");
      return new TestClient(startServer(data, extraConfig, List.of()), key, OpenApi::check);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The database as a value of {@link ConfigKey#DATABASE_URL}. */
  public static String url(Database database) {
    Database.DatabaseAddress address = database.address();
    return address
        .jdbcUrl()
        .replace(
            "jdbc:postgresql://",
            "postgresql://%s:%s@".formatted(address.user(), address.password()));
  }

  public static List<AuditReport.AuditViolation> violations(Database database) {
    return new Audit(database, ClusterClock.of(database))
        .all().checks().stream().flatMap(check -> check.violations().stream()).toList();
  }

  /** Submits a batch with this number of items and returns its id. */
  public String submit(String processor, int items, String extraFields) {
    return submit(client, processor, items, extraFields);
  }

  public static String submit(TestClient client, String processor, int items, String extraFields) {
    String itemsJson = "{\"input\":{}},".repeat(items);
    TestClient.HttpReply reply =
        client.post(
            "/v1/batches",
            "{\"processor\":\"%s\"%s,\"items\":[%s]}"
                .formatted(processor, extraFields, itemsJson.substring(0, itemsJson.length() - 1)));
    if (reply.status() != 202) {
      throw new IllegalStateException(reply.text());
    }
    return reply.json().path("id").asString();
  }

  /** Waits until a batch has finished and returns its state. */
  public static String awaitEnd(TestClient client, String batch) {
    client.get("/v1/batches/" + batch + "/events");
    return client.get("/v1/batches/" + batch).json().path("state").asString();
  }

  @Override
  public void close() {
    servers.forEach(Server::close);
    database.close();
  }
}
