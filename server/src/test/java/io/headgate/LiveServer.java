package io.headgate;

import io.headgate.api.OpenApi;
import io.headgate.audit.Audit;
import io.headgate.audit.AuditReport;
import io.headgate.config.Config;
import io.headgate.config.Key;
import io.headgate.db.Clock;
import io.headgate.db.Database;
import io.headgate.db.TestPostgres;
import io.headgate.http.TestClient;
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

  public LiveServer(Processor... guests) {
    this(Map.of(), guests);
  }

  /**
   * @param more additional configuration
   * @param guests additional processors
   */
  public LiveServer(Map<Key, String> more, Processor... guests) {
    try {
      Path data = Files.createTempDirectory(Path.of("target"), "live");
      port = serve(data, more, List.of(guests));
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

  private int serve(Path data, Map<Key, String> more, List<Processor> guests) {
    Map<Key, String> given = new EnumMap<>(Key.class);
    given.put(Key.PORT, "0");
    given.put(Key.DATA, data.toString());
    given.put(Key.DATABASE_URL, url(database));
    given.put(Key.DATABASE_CONNECTIONS, "10");
    given.put(Key.LEASE_SECONDS, "2");
    given.put(Key.DRAIN_SECONDS, "0");
    given.putAll(more);
    Server server = Server.start(Config.of(given), guests);
    servers.addFirst(server);
    return server.port();
  }

  /** Starts another server on the same database, without additional processors. */
  TestClient another() {
    return another(Map.of());
  }

  TestClient another(Map<Key, String> more) {
    try {
      Path data = Files.createTempDirectory(Path.of("target"), "live");
      return new TestClient(serve(data, more, List.of()), key, OpenApi::check);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The database as a value of {@link Key#DATABASE_URL}. */
  public static String url(Database database) {
    Database.Address at = database.address();
    return at.jdbcUrl()
        .replace("jdbc:postgresql://", "postgresql://%s:%s@".formatted(at.user(), at.password()));
  }

  public static List<AuditReport.AuditViolation> violations(Database database) {
    return new Audit(database, Clock.of(database))
        .all().checks().stream().flatMap(check -> check.violations().stream()).toList();
  }

  /** Submits a batch with this number of items and returns its id. */
  public String submit(String processor, int items, String more) {
    return submit(client, processor, items, more);
  }

  public static String submit(TestClient client, String processor, int items, String more) {
    String each = "{\"input\":{}},".repeat(items);
    TestClient.Reply reply =
        client.post(
            "/v1/batches",
            "{\"processor\":\"%s\"%s,\"items\":[%s]}"
                .formatted(processor, more, each.substring(0, each.length() - 1)));
    if (reply.status() != 202) {
      throw new IllegalStateException(reply.text());
    }
    return reply.json().path("id").asString();
  }

  /** Waits until a batch has finished and returns its state. */
  public static String end(TestClient client, String batch) {
    client.get("/v1/batches/" + batch + "/events");
    return client.get("/v1/batches/" + batch).json().path("state").asString();
  }

  @Override
  public void close() {
    servers.forEach(Server::close);
    database.close();
  }
}
