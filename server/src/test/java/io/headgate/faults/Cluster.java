package io.headgate.faults;

import io.headgate.Await;
import io.headgate.LiveServer;
import io.headgate.db.Database;
import io.headgate.faults.ServerProcess.ServerSetup;
import io.headgate.http.TestClient;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;

/** Several server processes on one external PostgreSQL, and the history that they write. */
final class Cluster implements AutoCloseable {

  static final int SLOTS_PER_NODE = 8;
  private static final Duration TIMEOUT = Duration.ofSeconds(90);

  private static final String TERMINATE_CONNECTIONS =
      """
      select count(pg_terminate_backend(pid)) from pg_stat_activity
      where backend_type = 'client backend' and application_name <> 'test'
      """;

  final ExternalPostgres postgres;
  final Database database;
  final AttemptLog history;
  final List<ServerProcess> nodes;
  private final ServerSetup setup;

  private Cluster(Path folder, ExternalPostgres postgres, Map<String, String> environment) {
    this.postgres = postgres;
    Map<String, String> settings = new HashMap<>();
    settings.put("HEADGATE_DATABASE_URL", postgres.url());
    settings.put("HEADGATE_DATABASE_CONNECTIONS", "10");
    settings.put("HEADGATE_REQUESTS_PER_MINUTE", "0");
    settings.put("HEADGATE_SLOTS", String.valueOf(SLOTS_PER_NODE));
    settings.putAll(environment);
    this.setup = new ServerSetup(folder.resolve("servers"), settings);
    this.history = new AttemptLog(setup.history());
    this.database = Database.open(postgres.address("test", 5));
    this.nodes = new CopyOnWriteArrayList<>();
  }

  static Cluster start(Path folder, int nodes, Map<String, String> environment) {
    Path tables = folder.resolve("postgresql");
    return startOn(
        folder, ExternalPostgres.start(tables, folder.resolve("wal")), nodes, environment);
  }

  /** Takes ownership of the PostgreSQL and closes it with the nodes. */
  static Cluster startOn(
      Path folder, ExternalPostgres postgres, int nodes, Map<String, String> environment) {
    Cluster cluster = new Cluster(folder, postgres, environment);
    cluster.nodes.addAll(ServerProcess.start(cluster.setup, nodes));
    return cluster;
  }

  /** Starts a node to replace one that has ended. */
  void replace(int index) {
    nodes.set(index, ServerProcess.start(setup));
  }

  /** Starts one more node, with additional environment variables. */
  void add(Map<String, String> additional) {
    Map<String, String> environment = new HashMap<>(setup.environment());
    environment.putAll(additional);
    nodes.add(ServerProcess.start(new ServerSetup(setup.folder(), environment)));
  }

  TestClient client(int node) {
    return nodes.get(node).client();
  }

  String submit(TestClient client, int items, String options) {
    return LiveServer.submit(
        client,
        RecordingProcessor.NAME,
        items,
        ",\"options\":%s,\"limits\":{\"backoff_seconds\":0}".formatted(options));
  }

  /** Waits until the batch has finished and returns its state, as one node reports it. */
  String awaitFinished(TestClient client, String batch) {
    Await.until(
        batch + " has ended",
        TIMEOUT,
        () -> !batch(client, batch).path("finished_at").asString("").isEmpty());
    return batch(client, batch).path("state").asString();
  }

  private static tools.jackson.databind.JsonNode batch(TestClient client, String batch) {
    return client.get("/v1/batches/" + batch).json();
  }

  /** Ends every connection of every node. */
  int cutConnections() {
    return database.read(tx -> tx.query(TERMINATE_CONNECTIONS).mapTo(Integer.class).one());
  }

  /** The number of nodes that have left or were declared dead. */
  int deadNodes() {
    return database.read(tx ->
        tx.query("select count(*) from node where stopped_at is not null")
            .mapTo(Integer.class)
            .one());
  }

  /** Compares what the server reports about a finished batch with the history. */
  List<String> violations(TestClient client, String batch) {
    return AttemptLogChecker.violations(
        history.ofBatch(batch), ReportedBatch.of(client, database, batch));
  }

  @Override
  public void close() {
    nodes.forEach(ServerProcess::close);
    try (postgres) {
      database.close();
    }
  }
}
