package io.headgate.api.batch;

import io.headgate.access.AccessFilter;
import io.headgate.access.ApiKeys;
import io.headgate.access.Bootstrap;
import io.headgate.access.Idempotency;
import io.headgate.access.RateLimits;
import io.headgate.api.admin.AdminOperations;
import io.headgate.artifact.ArtifactLinks;
import io.headgate.artifact.ArtifactStorage;
import io.headgate.artifact.Artifacts;
import io.headgate.batch.AttemptResult;
import io.headgate.credit.Accounts;
import io.headgate.db.ClusterClock;
import io.headgate.db.Database;
import io.headgate.db.NotificationListener;
import io.headgate.db.Partitions;
import io.headgate.db.SharedSecret;
import io.headgate.db.Signal;
import io.headgate.db.TestPostgres;
import io.headgate.engine.AttemptReport;
import io.headgate.engine.Demand;
import io.headgate.engine.Engine;
import io.headgate.engine.Exchanger;
import io.headgate.engine.StartedAttempt;
import io.headgate.http.Api;
import io.headgate.http.HttpServer;
import io.headgate.http.Operation;
import io.headgate.http.PageCursors;
import io.headgate.http.TestClient;
import io.headgate.intake.Intake;
import io.headgate.processor.PageProcessor;
import io.headgate.processor.Processors;
import io.headgate.view.BatchChangeReader;
import io.headgate.view.Batches;
import io.headgate.view.Items;
import io.headgate.view.LiveProgress;
import io.headgate.view.ReceiptReader;
import io.headgate.view.Results;
import io.headgate.view.SettlementReader;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.http.HttpRequest;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * A test server with the native API for batches and administration over a real engine. The test
 * claims and settles items in place of a node.
 */
final class BatchTestServer implements AutoCloseable {

  private static final Duration READ_TIMEOUT = Duration.ofSeconds(30);

  static final String NDJSON = "application/x-ndjson";

  final Database database;
  final ClusterClock clock;
  final Accounts accounts;
  final ApiKeys keys;
  final Engine engine;
  final Exchanger exchanger;
  final AtomicBoolean open = new AtomicBoolean(true);
  final NotificationListener listener;
  final HttpServer server;
  final String admin;
  final TestClient client;

  BatchTestServer() {
    this(TestPostgres.database());
  }

  /**
   * @param database migrated and empty; closed together with this server
   */
  BatchTestServer(Database database) {
    this(database, StreamPacer.PROGRESS_INTERVAL, READ_TIMEOUT);
  }

  /**
   * @param pollInterval poll interval of streaming responses
   */
  BatchTestServer(Duration pollInterval) {
    this(pollInterval, READ_TIMEOUT);
  }

  /**
   * @param readTimeout read timeout in the middle of a request
   */
  BatchTestServer(Duration pollInterval, Duration readTimeout) {
    this(TestPostgres.database(), pollInterval, readTimeout);
  }

  private BatchTestServer(Database database, Duration pollInterval, Duration readTimeout) {
    this.database = database;
    clock = ClusterClock.of(database);
    accounts = new Accounts(database, clock);
    keys = new ApiKeys(database, clock);
    engine = new Engine(database, clock, Duration.ofSeconds(15), new Random(7));
    exchanger = engine.exchanger(engine.join("test", 1_000, List.of("page")));
    listener = NotificationListener.start(database);
    admin = new Bootstrap(database, accounts, keys, clock).run().orElseThrow();
    AccessFilter gate =
        new AccessFilter(
            keys, new Idempotency(database, clock, () -> null), new RateLimits(100_000, 100_000));
    List<Operation> operations =
        operations(gate, new ChangeNotifier(listener, open::get, pollInterval));
    server =
        HttpServer.start(
            new HttpServer.ListenAddress("127.0.0.1", 0, readTimeout, readTimeout),
            List.of(Api.ofNative(operations, gate)));
    client = new TestClient(server.port(), admin);
  }

  private List<Operation> operations(AccessFilter gate, ChangeNotifier notifier) {
    Processors processors = new Processors(List.of(new PageProcessor()));
    PageCursors cursors = new PageCursors(SharedSecret.getOrCreate(database, "cursors"));
    Partitions partitions = new Partitions(database, Partitions.DEFAULT_INTERVAL);
    Intake intake = new Intake(database, engine::admit, processors, partitions, 100_000);
    Batches batches = new Batches(database, clock);
    Items items = new Items(database, clock, LiveProgress.UNKNOWN);
    ArtifactLinks links = links();
    List<Operation> operations = new ArrayList<>();
    operations.add(BatchOperations.submit(intake, processors, batches, clock));
    operations.addAll(BatchOperations.batches(engine, batches, cursors));
    operations.addAll(BatchOperations.items(items, artifacts(), links, cursors));
    operations.addAll(
        BatchOperations.streams(
            new Results(database, clock), new BatchChangeReader(database, clock), notifier, links));
    operations.addAll(
        BatchOperations.cancels(
            engine, batches, new ReceiptReader(database), new SettlementReader(database, clock)));
    operations.addAll(
        AdminOperations.of(
            new AdminOperations.AccountServices(database, clock, accounts, keys, cursors),
            processors,
            new AdminOperations.Probes(
                () -> true,
                () -> false,
                List::of,
                new PrometheusMeterRegistry(PrometheusConfig.DEFAULT),
                gate,
                false)));
    return operations;
  }

  private Artifacts artifacts() {
    try {
      return new Artifacts(
          database,
          clock,
          new ArtifactStorage.Folder(Files.createTempDirectory(Path.of("target"), "artifacts")),
          new Artifacts.ArtifactLimits(1 << 20, 3));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private ArtifactLinks links() {
    return new ArtifactLinks(
        SharedSecret.getOrCreate(database, "artifacts"),
        clock,
        Duration.ofHours(1),
        new ArtifactLinks.LinkBase(Optional.empty(), () -> "http://127.0.0.1"));
  }

  /** Posts a body that is not JSON. */
  TestClient.HttpReply post(String path, String type, String body, String... headers) {
    return post(path, type, HttpRequest.BodyPublishers.ofString(body), headers);
  }

  TestClient.HttpReply post(
      String path, String type, HttpRequest.BodyPublisher body, String... headers) {
    List<String> all = new ArrayList<>(List.of(headers));
    all.add("Content-Type");
    all.add(type);
    return client.send(client.request(path, all.toArray(String[]::new)).POST(body));
  }

  /** Submits a batch with refs r0, r1, … and returns its id. */
  String submit(int items) {
    StringBuilder lines = new StringBuilder();
    for (int i = 0; i < items; i++) {
      lines.append("{\"ref\":\"r%d\",\"input\":{\"url\":\"u%d\"}}\n".formatted(i, i));
    }
    TestClient.HttpReply reply =
        post("/v1/batches?processor=page&max_attempts=1", NDJSON, lines.toString());
    if (reply.status() != 202) {
      throw new IllegalStateException(reply.text());
    }
    return reply.json().path("id").asString();
  }

  List<StartedAttempt> claim(int slots) {
    return exchanger.exchange(List.of(), new Demand(slots, List.of("page"), null)).claims();
  }

  void settle(List<StartedAttempt> claims, AttemptResult ending) {
    List<AttemptReport> settlements =
        claims.stream()
            .map(claim ->
                new AttemptReport(
                    claim.token(), claim.batchId(), claim.ordinal(), ending, clock.instant()))
            .toList();
    exchanger.exchange(settlements, Demand.NOTHING);
  }

  int count(String table) {
    return database.read(
        tx -> tx.query("select count(*) from " + table).mapTo(Integer.class).one());
  }

  /** Waits until the listener receives notifications. */
  void awaitListener() {
    CountDownLatch received = new CountDownLatch(1);
    NotificationListener.Subscription subscription =
        listener.subscribe(signal -> received.countDown());
    try {
      database.useTransaction(tx -> tx.notify(new Signal.WorkAvailable()));
      if (!received.await(20, TimeUnit.SECONDS)) {
        throw new IllegalStateException("the listener received no notification");
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    } finally {
      subscription.close();
    }
  }

  void awaitNoOpenTransaction() {
    awaitNoRows(
        """
        pg_stat_activity where datname = current_database() and pid <> pg_backend_pid()
          and xact_start is not null
        """);
  }

  /** Waits inside the database, so that no test has to sleep. */
  void awaitNoRows(String rows) {
    database.read(tx -> {
      while (tx.query("select count(*) from " + rows).mapTo(Integer.class).one() > 0) {
        tx.query("select pg_sleep(0.02)::text").mapTo(String.class).list();
      }
      return 0;
    });
  }

  @Override
  public void close() {
    open.set(false);
    server.close();
    listener.close();
    database.close();
  }
}
