package io.headgate.api.admin;

import io.headgate.access.AccessFilter;
import io.headgate.access.ApiKeys;
import io.headgate.access.Bootstrap;
import io.headgate.access.Idempotency;
import io.headgate.access.RateLimits;
import io.headgate.api.OpenApi;
import io.headgate.api.RequestMetrics;
import io.headgate.api.template.TemplateOperations;
import io.headgate.credit.Accounts;
import io.headgate.db.ClusterClock;
import io.headgate.db.Database;
import io.headgate.db.LoopStatus;
import io.headgate.db.SharedSecret;
import io.headgate.db.TestPostgres;
import io.headgate.http.Api;
import io.headgate.http.HttpServer;
import io.headgate.http.Operation;
import io.headgate.http.PageCursors;
import io.headgate.http.TestClient;
import io.headgate.processor.Processors;
import io.headgate.template.Templates;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;

/**
 * A test server with its own database and the administration and template operations, on a free
 * loopback port. Its client checks every response against the OpenAPI description.
 */
public final class AdminTestServer implements AutoCloseable {

  public final Database database = TestPostgres.database();
  public final ClusterClock clock = ClusterClock.of(database);
  public final Accounts accounts = new Accounts(database, clock);
  public final ApiKeys keys = new ApiKeys(database, clock);
  public final PageCursors cursors = new PageCursors(SharedSecret.getOrCreate(database, "cursors"));
  public final AtomicBoolean open = new AtomicBoolean(true);
  public final AtomicBoolean failed = new AtomicBoolean();
  public final AtomicReference<List<LoopStatus>> loops = new AtomicReference<>(List.of());
  public final String admin = new Bootstrap(database, accounts, keys, clock).run().orElseThrow();
  public final List<Operation> operations;
  public final HttpServer server;
  public final TestClient client;

  public AdminTestServer(RateLimits limits, Operation... more) {
    Idempotency idempotency = new Idempotency(database, clock, () -> null);
    AccessFilter gate = new AccessFilter(keys, idempotency, limits);
    PrometheusMeterRegistry metrics = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
    metrics.counter("headgate.test").increment();
    operations =
        new ArrayList<>(
            AdminOperations.of(
                new AdminOperations.AccountServices(database, clock, accounts, keys, cursors),
                new Processors(List.of()),
                new AdminOperations.Probes(
                    open::get, failed::get, loops::get, metrics, gate, false)));
    operations.addAll(TemplateOperations.of(new Templates(database, clock, 100), cursors));
    operations.addAll(List.of(more));
    server =
        HttpServer.start(
            new HttpServer.ListenAddress("127.0.0.1", 0),
            Optional.empty(),
            List.of(Api.ofNative(operations, gate)),
            new RequestMetrics(metrics));
    client = new TestClient(server.port(), admin, OpenApi::check);
  }

  /**
   * Creates a key through the API and returns its secret; {@code more} are further JSON members.
   */
  public String newKey(TestClient by, String name, String more) {
    TestClient.HttpReply reply = by.post("/v1/keys", "{\"name\":\"%s\"%s}".formatted(name, more));
    if (reply.status() != 201) {
      throw new IllegalStateException(reply.text());
    }
    return reply.json().path("secret").asString();
  }

  @Override
  public void close() {
    server.close();
    database.close();
  }
}
