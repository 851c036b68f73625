package io.headgate.dialect;

import static org.assertj.core.api.Assertions.assertThat;

import io.headgate.LiveServer;
import io.headgate.config.Key;
import io.headgate.http.TestClient;
import io.headgate.http.TestClient.Reply;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * The time that a refusal takes does not tell whether an id exists elsewhere: ids that are
 * malformed, of another account or unknown cost the same number of statements, which are most of
 * the time of such a request.
 */
class IdTimesTest {

  private static final String UUID = "0199aaaa-0000-7000-8000-000000000001";

  private static final String HTTP_ITEM =
      "{\"processor\":\"scrape\",\"items\":[\"http://127.0.0.1:9/\"]}";
  private static final String CARD = "{\"name\":\"Card\",\"html\":\"<h1>x</h1>\"}";
  private static final String ONE_URL = "{\"urls\":[\"http://127.0.0.1:9/\"]}";

  /** Now and then a request also looks its API key up; the fewest statements are those without. */
  private static final int CALLS = 9;

  private static final Statements statements = new Statements();

  private static LiveServer server;
  private static TestClient client;
  private static TestClient other;

  @BeforeAll
  static void start() {
    statements.watch();
    server =
        new LiveServer(Map.of(Key.REQUESTS_PER_MINUTE, "0", Key.ALLOW_PRIVATE_TARGETS, "true"));
    other = new TestClient(server.port(), server.key());
    String account = other.post("/v1/accounts", "{\"name\":\"asks\"}").json().path("id").asString();
    String key = "{\"name\":\"k\",\"account_id\":\"%s\"}".formatted(account);
    client = other.withKey(other.post("/v1/keys", key).json().path("secret").asString());
  }

  @AfterAll
  static void stop() {
    server.close();
    statements.close();
  }

  /** A kind of thing: where it is asked for, an id that nothing has, and how another has one. */
  enum Kind {
    BATCH("/v1/batches/%s", UUID, "/v1/batches", HTTP_ITEM, "/id"),
    WEBHOOK("/v1/webhooks/%s", UUID, "/v1/webhooks", "{\"url\":\"http://127.0.0.1:9/\"}", "/id"),
    SPIDRA("/api/batch/scrape/%s", UUID, "/api/batch/scrape", ONE_URL, "/batchId"),
    PICTIFY("/templates/%s", "AAAAAAAAAA", "/templates", CARD, "/template/uid"),
    SUBSCRIPTION(
        "/webhook-subscriptions/%s",
        "wh_agralgk6ij42xhswvh2j46aaaa",
        "/webhook-subscriptions",
        "{\"event\":\"render.completed\",\"targetUrl\":\"http://127.0.0.1:9/\"}",
        "/subscription/uid");

    private final String route;
    private final String unknown;
    private final String maker;
    private final String body;
    private final String made;

    Kind(String route, String unknown, String maker, String body, String made) {
      this.route = route;
      this.unknown = unknown;
      this.maker = maker;
      this.body = body;
      this.made = made;
    }

    private String foreign() {
      Reply reply = other.post(maker, body);
      assertThat(reply.status()).as(reply.text()).isLessThan(300);
      return reply.json().at(made).asString();
    }
  }

  @ParameterizedTest
  @EnumSource
  void malformed_and_foreign_ids_cost_as_many_statements_as_unknown_ones(Kind kind) {
    String unknown = kind.route.formatted(kind.unknown);
    int expected = fewestStatements(unknown);
    assertThat(expected).isPositive();
    for (String id : List.of("no-id", kind.foreign())) {
      String path = kind.route.formatted(id);
      assertThat(ask(path).text()).isEqualTo(ask(unknown).text());
      assertThat(fewestStatements(path)).as(path).isEqualTo(expected);
    }
  }

  private static int fewestStatements(String path) {
    return IntStream.range(0, CALLS).map(call -> statements(path)).min().orElseThrow();
  }

  private static int statements(String path) {
    int before = statements.executed.get();
    ask(path);
    return statements.executed.get() - before;
  }

  private static Reply ask(String path) {
    Reply reply = client.get(path);
    assertThat(reply.status()).as(path + reply.text()).isEqualTo(404);
    return reply;
  }

  /** Counts what the driver has PostgreSQL execute for requests, from the driver's own log. */
  private static final class Statements extends Handler {

    private final Logger driver = Logger.getLogger("org.postgresql.core.v3.QueryExecutorImpl");
    private final AtomicInteger executed = new AtomicInteger();

    void watch() {
      driver.setUseParentHandlers(false);
      driver.setLevel(Level.FINEST);
      driver.addHandler(this);
    }

    @Override
    public void publish(LogRecord line) {
      if (line.getMessage().startsWith(" FE=> Execute(")
          && Thread.currentThread().getName().contains("WebServer")) {
        executed.incrementAndGet();
      }
    }

    @Override
    public void flush() {}

    @Override
    public void close() {
      driver.removeHandler(this);
      driver.setLevel(null);
      driver.setUseParentHandlers(true);
    }
  }
}
