package io.headgate;

import io.headgate.api.admin.AdminOperations;
import io.headgate.api.batch.ChangeNotifier;
import io.headgate.artifact.ArtifactLinks;
import io.headgate.config.Config;
import io.headgate.db.ClusterDatabase;
import io.headgate.dialect.Dialect;
import io.headgate.http.HttpServer;
import io.headgate.http.Operation;
import io.headgate.node.FailureReaction;
import io.headgate.node.NodeHealth;
import io.headgate.processor.Processor;
import io.headgate.webhook.Webhooks;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;

/** The map of the program: every part of the server, in the order in which it needs the others. */
public final class Server implements AutoCloseable {

  private final CloseableStack parts;
  private final AtomicBoolean ready = new AtomicBoolean();
  private final HttpServer http;
  private final String address;

  private Server(
      CloseableStack parts, Config config, List<Processor> additional, FailureReaction reaction) {
    this.parts = parts;
    ClusterDatabase cluster = DatabaseModule.open(parts, config.storage());
    AccessModule.bootstrap(cluster, config.storage());

    ProcessorModule processors = new ProcessorModule(parts, config, cluster, additional);
    EngineModule engine =
        new EngineModule(parts, config, cluster, processors.processors(), reaction);
    engine.node().addTask(processors.cleanup());
    AccessModule access = new AccessModule(cluster, config.http(), engine.node());
    Webhooks webhooks = parts.add(WebhookModule.build(cluster, processors.outbound()));

    PrometheusMeterRegistry metrics = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
    engine.node().measure(metrics);
    NodeHealth health = engine.node().health();
    AdminOperations.Probes probes =
        access.probes(ready::get, health, metrics, config.http().metricsKeyRequired());
    ChangeNotifier changes = parts.add(new ChangeNotifier(cluster.listener(), ready::get));
    ArtifactLinks links = engine.links(config, this::address);
    List<Operation> operations =
        new NativeApi(cluster)
            .addAdmin(access, processors.processors(), probes)
            .addBatches(engine, processors.processors(), changes, links)
            .addTemplates(processors.templates())
            .addWebhooks(webhooks)
            .operations();
    List<Dialect> dialects =
        new DialectModule(cluster, engine, processors, webhooks, links).dialects(changes::await);
    dialects.forEach(dialect -> dialect.webhookFormats().forEach(webhooks::add));

    http =
        parts.add(
            HttpModule.start(
                config.http(), HttpModule.apis(operations, dialects, access.filter()), metrics));
    address = HttpModule.address(config.http(), http.port());
    webhooks.start(cluster.listener());
    watchLoops(health, webhooks, metrics);
    parts.add(engine.workers()); // closed first, so that waiting workers get a response
  }

  private void watchLoops(NodeHealth health, Webhooks webhooks, PrometheusMeterRegistry metrics) {
    webhooks.loops().forEach(health::watch);
    http.loops().forEach(health::watch);
    health.measure(metrics);
  }

  /** Starts a server. It serves requests when this returns. */
  public static Server start(Config config) {
    return start(config, List.of(), FailureReaction.NONE);
  }

  /**
   * Starts a server with processors beside its own, and a reaction to the failure of its node.
   *
   * @param additional processors beside the server's own; one that has the name of an own processor
   *     replaces it
   * @param reaction called once when the node cannot continue: its heartbeat has stopped, {@code
   *     /readyz} returns 503, and other nodes rescue its items within the lease
   * @throws RuntimeException when the server cannot start; what had started is closed again
   */
  public static Server start(Config config, List<Processor> additional, FailureReaction reaction) {
    CloseableStack parts = new CloseableStack();
    try {
      Server server = new Server(parts, config, additional, reaction);
      server.ready.set(true);
      return server;
    } catch (RuntimeException | Error e) {
      parts.close();
      throw e;
    }
  }

  /** The URL of this server, without a path. */
  public String address() {
    return address;
  }

  public int port() {
    return http.port();
  }

  /**
   * Accepts no more requests, lets running items finish or hands them back, and closes all parts.
   */
  @Override
  public void close() {
    ready.set(false);
    parts.close();
  }
}
