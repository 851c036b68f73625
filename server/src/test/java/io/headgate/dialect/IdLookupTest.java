package io.headgate.dialect;

import static org.assertj.core.api.Assertions.assertThat;

import io.headgate.Await;
import io.headgate.LiveServer;
import io.headgate.config.ConfigKey;
import io.headgate.http.TestClient;
import io.headgate.http.TestClient.HttpReply;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * The time of a 404 reveals nothing about an id: a malformed id, an unknown id and the id of
 * another account are all queried in the database. A call that is not would be noticeably faster.
 */
class IdLookupTest {

  private static final String UUID = "0199aaaa-0000-7000-8000-000000000001";

  private static final String HTTP_ITEM =
      "{\"processor\":\"scrape\",\"items\":[\"http://127.0.0.1:9/\"]}";
  private static final String CARD = "{\"name\":\"Card\",\"html\":\"<h1>x</h1>\"}";
  private static final String ONE_URL = "{\"urls\":[\"http://127.0.0.1:9/\"]}";

  private static final Duration TIMEOUT = Duration.ofSeconds(20);

  /** More of each id than the server has tasks that may wait for the same table. */
  private static final int CALLS = 20;

  private static final String WAITING =
      "select count(*) from pg_locks where not granted and relation = cast(:table as regclass)";

  private static LiveServer server;
  private static TestClient client;
  private static TestClient other;

  @BeforeAll
  static void start() {
    server =
        new LiveServer(
            Map.of(
                ConfigKey.REQUESTS_PER_MINUTE, "0",
                ConfigKey.DATABASE_CONNECTIONS, "60",
                ConfigKey.ALLOW_PRIVATE_TARGETS, "true"));
    other = new TestClient(server.port(), server.key());
    String account = other.post("/v1/accounts", "{\"name\":\"asks\"}").json().path("id").asString();
    String key = "{\"name\":\"k\",\"account_id\":\"%s\"}".formatted(account);
    client = other.withKey(other.post("/v1/keys", key).json().path("secret").asString());
  }

  @AfterAll
  static void stop() {
    server.close();
  }

  /** A kind of resource: its table and route, an id that does not exist, and how to create one. */
  enum ResourceKind {
    BATCH("batch", "/v1/batches/%s", UUID, "/v1/batches", HTTP_ITEM, "/id"),
    WEBHOOK(
        "webhook_endpoint",
        "/v1/webhooks/%s",
        UUID,
        "/v1/webhooks",
        "{\"url\":\"http://127.0.0.1:9/\"}",
        "/id"),
    SPIDRA("batch", "/api/batch/scrape/%s", UUID, "/api/batch/scrape", ONE_URL, "/batchId"),
    PICTIFY("template", "/templates/%s", "AAAAAAAAAA", "/templates", CARD, "/template/uid"),
    SUBSCRIPTION(
        "webhook_endpoint",
        "/webhook-subscriptions/%s",
        "wh_agralgk6ij42xhswvh2j46aaaa",
        "/webhook-subscriptions",
        "{\"event\":\"render.completed\",\"targetUrl\":\"http://127.0.0.1:9/\"}",
        "/subscription/uid");

    private final String table;
    private final String route;
    private final String unknownId;
    private final String createPath;
    private final String body;
    private final String idPointer;

    ResourceKind(
        String table, String route, String unknown, String createPath, String body, String made) {
      this.table = table;
      this.route = route;
      this.unknownId = unknown;
      this.createPath = createPath;
      this.body = body;
      this.idPointer = made;
    }

    private String createForeign() {
      HttpReply reply = other.post(createPath, body);
      assertThat(reply.status()).as(reply.text()).isLessThan(300);
      return reply.json().at(idPointer).asString();
    }
  }

  @ParameterizedTest
  @EnumSource
  void malformed_and_foreign_ids_are_queried_like_unknown_ones(ResourceKind kind) {
    String unknown = client.get(kind.route.formatted(kind.unknownId)).text();
    String foreign = kind.createForeign();
    List<CompletableFuture<HttpReply>> calls = new ArrayList<>();
    try (ExecutorService executor = Executors.newVirtualThreadPerTaskExecutor()) {
      server.database.useTransaction(tx -> {
        tx.update("lock table " + kind.table + " in access exclusive mode").execute();
        for (int i = 0; i < CALLS; i++) {
          calls.add(call(kind, "no-id", executor));
          calls.add(call(kind, foreign, executor));
        }
        Await.until("every call waits for the table", TIMEOUT, () -> waiting(kind) >= 2 * CALLS);
        assertThat(calls).noneMatch(CompletableFuture::isDone);
      });
      assertThat(calls)
          .extracting(CompletableFuture::join)
          .allSatisfy(reply -> {
            assertThat(reply.status()).isEqualTo(404);
            assertThat(reply.text()).isEqualTo(unknown);
          });
    }
  }

  private static CompletableFuture<HttpReply> call(
      ResourceKind kind, String id, ExecutorService executor) {
    return CompletableFuture.supplyAsync(() -> client.get(kind.route.formatted(id)), executor);
  }

  private static long waiting(ResourceKind kind) {
    return server.database.read(
        tx -> tx.query(WAITING).bind("table", kind.table).mapTo(Long.class).one());
  }
}
