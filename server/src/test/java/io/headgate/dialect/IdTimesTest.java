package io.headgate.dialect;

import static org.assertj.core.api.Assertions.assertThat;

import io.headgate.LiveServer;
import io.headgate.config.Key;
import io.headgate.http.TestClient;
import io.headgate.http.TestClient.Reply;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The time of a refusal reveals nothing about an id. */
class IdTimesTest {

  private static final String UUID = "0199aaaa-0000-7000-8000-000000000001";

  private static final String HTTP_ITEM =
      "{\"processor\":\"scrape\",\"items\":[\"http://127.0.0.1:9/\"]}";
  private static final String CARD = "{\"name\":\"Card\",\"html\":\"<h1>x</h1>\"}";
  private static final String ONE_URL = "{\"urls\":[\"http://127.0.0.1:9/\"]}";

  /** Enough for the median to be within a tenth of its value. */
  private static final int CALLS = 61;

  private static final int WARM_UP = 40;
  private static final int ROUNDS_NEAR = 2;
  private static final int MOST_ROUNDS = 12;
  private static final double NEAR = 0.2;

  private static LiveServer server;
  private static TestClient client;
  private static TestClient other;

  @BeforeAll
  static void start() {
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
  }

  /** A kind of resource: its route, an id that does not exist, and how to create one. */
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

  /**
   * Most of the time of such a call is its query: a response without one takes half as long. A busy
   * machine disturbs some rounds, so more are tried; the defect shows in nearly all of them.
   */
  @ParameterizedTest
  @EnumSource
  void malformed_and_foreign_ids_take_as_long_as_unknown_ones(Kind kind) {
    String unknown = kind.route.formatted(kind.unknown);
    for (String id : List.of("no-id", kind.foreign())) {
      String path = kind.route.formatted(id);
      assertThat(ask(path).text()).isEqualTo(ask(unknown).text());
      for (int i = 0; i < WARM_UP; i++) {
        ask(unknown);
        ask(path);
      }
      List<Double> ratios = new ArrayList<>();
      while (near(ratios) < ROUNDS_NEAR && ratios.size() < MOST_ROUNDS) {
        ratios.add(ratio(path, unknown));
      }
      assertThat(near(ratios)).as(path + ratios).isEqualTo(ROUNDS_NEAR);
    }
  }

  private static long near(List<Double> ratios) {
    return ratios.stream().filter(ratio -> Math.abs(ratio - 1) < NEAR).count();
  }

  /** The ratio of the medians. The calls alternate, so that load on the machine slows both. */
  private static double ratio(String one, String other) {
    long[] ones = new long[CALLS];
    long[] others = new long[CALLS];
    for (int i = 0; i < CALLS; i++) {
      ones[i] = nanos(one);
      others[i] = nanos(other);
    }
    return (double) median(ones) / median(others);
  }

  private static long median(long[] nanos) {
    Arrays.sort(nanos);
    return nanos[nanos.length / 2];
  }

  private static long nanos(String path) {
    long begun = System.nanoTime();
    ask(path);
    return System.nanoTime() - begun;
  }

  private static Reply ask(String path) {
    Reply reply = client.get(path);
    assertThat(reply.status()).as(path + reply.text()).isEqualTo(404);
    return reply;
  }
}
