package io.headgate;

import io.headgate.access.AccessFilter;
import io.headgate.access.Bootstrap;
import io.headgate.access.SharedApiSecret;
import io.headgate.access.Idempotency;
import io.headgate.access.ApiKeys;
import io.headgate.access.RateLimits;
import io.headgate.api.RequestMetrics;
import io.headgate.api.batch.ChangeNotifier;
import io.headgate.api.admin.AdminOperations;
import io.headgate.api.worker.ExchangeWork;
import io.headgate.artifact.Artifacts;
import io.headgate.artifact.ArtifactLinks;
import io.headgate.browser.Browsers;
import io.headgate.config.Config;
import io.headgate.credit.Accounts;
import io.headgate.db.ClusterClock;
import io.headgate.db.Database;
import io.headgate.db.NotificationListener;
import io.headgate.db.LocalPostgres;
import io.headgate.db.Partitions;
import io.headgate.engine.Engine;
import io.headgate.http.Api;
import io.headgate.http.HttpServer;
import io.headgate.intake.Intake;
import io.headgate.node.FailureReaction;
import io.headgate.node.MaintenanceTask;
import io.headgate.node.Node;
import io.headgate.node.NodeHealth;
import io.headgate.node.RemoteWorkers;
import io.headgate.outbound.Outbound;
import io.headgate.processor.Processor;
import io.headgate.processor.Processors;
import io.headgate.template.Templates;
import io.headgate.view.LiveProgress;
import io.headgate.webhook.Webhooks;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import java.util.concurrent.atomic.AtomicBoolean;

/** The house, from the cellar up: a line a room, in the order in which each stands on the last. */
public final class Server implements AutoCloseable {

  private final CloseableStack closing;
  private final AtomicBoolean open = new AtomicBoolean();
  private final NodeHealth health;
  private final PrometheusMeterRegistry metrics =
      new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
  private final HttpServer http;
  private final String address;

  private Server(CloseableStack closing, Config config, List<Processor> guests, FailureReaction reaction) {
    this.closing = closing;
    this.health = new NodeHealth(reaction);
    Database database = migrated(database(closing, config.storage()));
    ClusterClock clock = ClusterClock.of(database);
    Partitions partitions = new Partitions(database, config.storage().partitionInterval());
    Accounts accounts = new Accounts(database, clock);
    ApiKeys keys = new ApiKeys(database, clock);
    bootstrap(config, new Bootstrap(database, accounts, keys, clock));
    Outbound outbound = closing.add(ProcessorFactory.outbound(config.safety(), clock));
    Browsers browsers = closing.add(ProcessorFactory.browsers(config, outbound));
    Templates templates = new Templates(database, clock, Templates.DEFAULT_LIMIT);
    Processors processors =
        new ProcessorFactory(config, outbound, browsers, templates, clock).processors(guests);
    Engine engine = new Engine(database, clock, config.node().lease(), new Random());
    NotificationListener listener = closing.add(NotificationListener.start(database));
    Artifacts artifacts = artifacts(database, clock, config.artifacts());
    Node.NodeDependencies ground = new Node.NodeDependencies(database, clock, listener, engine, partitions, artifacts);
    Node node = closing.add(Node.start(ground, processors, settings(config), health));
    RemoteWorkers workers = new RemoteWorkers(ground);
    Webhooks webhooks = closing.add(webhooks(ground, outbound));
    Intake intake = new Intake(database, engine::admit, processors, partitions, maxItems(config));
    Rooms rooms =
        new Rooms(
            ground,
            accounts,
            keys,
            processors,
            intake,
            templates,
            webhooks,
            live(node, workers),
            outbound,
            links(database, clock, config));
    http = closing.add(serve(closing, config, rooms, node, workers));
    deliver(webhooks, listener);
    closing.add(workers); // closed first, so that workers that wait are answered
    address = address(config.http(), http.port());
  }

  /** Starts the deliveries, and watches the loops that are not the node's own. */
  private void deliver(Webhooks webhooks, NotificationListener listener) {
    webhooks.start(listener);
    health.watch(listener.loop());
    webhooks.loops().forEach(health::watch);
    http.loops().forEach(health::watch);
    health.measure(metrics);
  }

  /** Starts a server; it answers once this returns. */
  public static Server start(Config config) {
    return start(config, List.of());
  }

  /**
   * Starts a server that has more processors than its own, or others in their place: a guest with
   * the name of one takes its work.
   *
   * @throws RuntimeException when it cannot; whatever had started has been stopped again
   */
  public static Server start(Config config, List<Processor> guests) {
    return start(config, guests, (part, cause) -> {});
  }

  /**
   * The same, for a program that must react when the node fails.
   *
   * @param reaction called once when this node cannot go on: its heartbeat has stopped, {@code
   *     /readyz} answers 503, and other nodes rescue its items within the lease
   */
  public static Server start(Config config, List<Processor> guests, FailureReaction reaction) {
    CloseableStack closing = new CloseableStack();
    try {
      Server server = new Server(closing, config, guests, reaction);
      server.open.set(true);
      return server;
    } catch (RuntimeException | Error e) {
      closing.close();
      throw e;
    }
  }

  /** Where it answers, as a URL without a path. */
  public String address() {
    return address;
  }

  public int port() {
    return http.port();
  }

  private static Database database(CloseableStack closing, Config.StorageConfig storage) {
    Database.DatabaseAddress at =
        storage
            .externalDatabase()
            .orElseGet(() ->
                closing
                    .add(LocalPostgres.startUntilClosed(storage.dataFolder().resolve("postgresql")))
                    .address("postgres", storage.connections()));
    return closing.add(Database.open(at));
  }

  private static Database migrated(Database database) {
    database.migrate();
    return database;
  }

  private Artifacts artifacts(Database database, ClusterClock clock, Config.ArtifactConfig wanted) {
    Artifacts.ArtifactLimits limits = new Artifacts.ArtifactLimits(wanted.maxBytes(), wanted.maxPerItem());
    Artifacts artifacts = closing.add(new Artifacts(database, clock, wanted.location(), limits));
    health.watch(closing.add(artifacts.sweeper().start()).loop());
    return artifacts;
  }

  private ArtifactLinks links(Database database, ClusterClock clock, Config config) {
    return new ArtifactLinks(
        SharedApiSecret.of(database, "artifacts"),
        clock,
        config.artifacts().linkLifetime(),
        new ArtifactLinks.LinkBase(config.http().publicUrl(), this::address));
  }

  private static Webhooks webhooks(Node.NodeDependencies ground, Outbound outbound) {
    byte[] secret = SharedApiSecret.of(ground.database(), "webhooks");
    return new Webhooks(ground.database(), ground.clock(), outbound, secret);
  }

  /** Opens every door on its port. */
  private HttpServer serve(
      CloseableStack closing, Config config, Rooms rooms, Node node, RemoteWorkers workers) {
    Idempotency idempotency = idempotency(rooms.database(), rooms.ground().clock(), node);
    node.addTask(forgetting("old-template-versions", rooms.templates()::deleteUnusedVersions));
    AccessFilter gate = new AccessFilter(rooms.keys(), idempotency, rates(config.http()));
    node.measure(metrics);
    List<Api> doors =
        ApiRoutes.of(
            rooms,
            gate,
            new AdminOperations.Probes(
                open::get,
                health::failed,
                health::loops,
                metrics,
                gate,
                config.http().metricsKeyRequired()),
            bell(closing, rooms.ground().listener()),
            List.of(new ExchangeWork(workers, rooms.processors())));
    return web(config.http(), doors, metrics);
  }

  private static HttpServer web(
      Config.HttpConfig http, List<Api> doors, PrometheusMeterRegistry metrics) {
    return HttpServer.start(
        new HttpServer.ListenAddress(http.host(), http.port()),
        http.tls().map(tls -> new HttpServer.TlsFiles(tls.certificate(), tls.key())),
        doors,
        new RequestMetrics(metrics));
  }

  /** An IPv6 address stands in brackets in a URL, as its colons would be taken for the port's. */
  static String address(Config.HttpConfig http, int port) {
    String host = http.host();
    boolean bare = host.contains(":") && !host.startsWith("[");
    String scheme = http.tls().isPresent() ? "https://" : "http://";
    return scheme + (bare ? "[" + host + "]" : host) + ":" + port;
  }

  private ChangeNotifier bell(CloseableStack rooms, NotificationListener listener) {
    return rooms.add(new ChangeNotifier(listener, open::get));
  }

  private static LiveProgress live(Node node, RemoteWorkers workers) {
    return (batch, ordinal) ->
        node.progress(batch, ordinal)
            .or(() -> workers.progress(batch, ordinal))
            .map(progress -> new LiveProgress.ProgressReport(progress.ratio(), progress.message()));
  }

  private static Node.NodeOptions settings(Config config) {
    Path scratch = config.storage().dataFolder().resolve("scratch");
    Config.NodeSettings node = config.node();
    return new Node.NodeOptions(node.name(), node.slots(), node.lease(), scratch, node.drainTimeout());
  }

  private static int maxItems(Config config) {
    return config.safety().maxItems();
  }

  private static void bootstrap(Config config, Bootstrap bootstrap) {
    bootstrap.run(secret -> AdminKeyFile.write(config.storage().dataFolder(), secret));
  }

  private static Idempotency idempotency(Database database, ClusterClock clock, Node node) {
    Idempotency idempotency = new Idempotency(database, clock, node::id);
    node.addTask(forgetting("old-idempotency-keys", idempotency::deleteOld));
    return idempotency;
  }

  private static MaintenanceTask forgetting(String name, Runnable action) {
    return new MaintenanceTask(name, Duration.ofMinutes(10), now -> action.run());
  }

  private static RateLimits rates(Config.HttpConfig http) {
    return new RateLimits(http.requestsPerMinute(), http.failedAuthenticationsPerMinute());
  }

  /** Stops in good order: no new requests, running items finish or are handed back. */
  @Override
  public void close() {
    open.set(false);
    closing.close();
  }

  /** For those who only want the schema: migrates and leaves. */
  static void migrate(Config config) {
    try (CloseableStack rooms = new CloseableStack()) {
      database(rooms, config.storage()).migrate();
    }
  }
}
