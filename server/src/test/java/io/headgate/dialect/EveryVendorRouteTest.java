package io.headgate.dialect;

import static org.assertj.core.api.Assertions.assertThat;

import io.headgate.Await;
import io.headgate.LiveServer;
import io.headgate.api.Description;
import io.headgate.config.ConfigKey;
import io.headgate.http.TestClient;
import io.headgate.http.TestClient.HttpReply;
import java.net.http.HttpRequest;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import tools.jackson.databind.JsonNode;

/** Rules for every route of every vendor's API, including routes that are added later. */
class EveryVendorRouteTest {

  private static final Duration TIMEOUT = Duration.ofSeconds(60);
  private static final String WRONG_KEY = "hg_" + "A".repeat(43);
  private static final String UNKNOWN_ID = "nonsense";

  /** The bodies that calls need before their id is checked. */
  private static final Map<String, String> BODIES =
      Map.of(
          "POST /templates/{uid}/batch-render", "{\"variableSets\":[{}]}",
          "POST /templates/{uid}/render", "{\"variables\":{}}",
          "PUT /templates/{uid}", "{\"name\":\"t\"}",
          "PUT /webhook-subscriptions/{uid}", "{\"name\":\"s\"}");

  private static LiveServer server;
  private static TestClient owner;
  private static TestClient otherClient;

  /** A vendor, and how to create what its routes refer to. */
  enum Vendor {
    SPIDRA(
        "/api/",
        "/api /api/crawl /api/crawl/x /api/users/x /api/v2/jobs",
        """
        {"status":"error","message":"Path not found","error":"Path not found"}\
        """) {
      @Override
      Map<String, String> examples() {
        return Map.of(
            "/api/batch/scrape/{", create("/api/batch/scrape", ONE_URL, "/batchId"),
            "/api/scrape/{", create("/api/scrape", ONE_SCRAPE, "/jobId"),
            "/api/scrape-logs/{", logged());
      }

      // Only jobs that have ended are logged.
      private String logged() {
        String job = create("/api/scrape", ONE_SCRAPE, "/jobId");
        Await.until(
            "it is logged", TIMEOUT, () -> owner.get("/api/scrape-logs/" + job).status() == 200);
        return job;
      }
    },
    PICTIFY(
        "/",
        "/image/canvas /image/a/b/ /pdf /bindings /experiments/x",
        """
        {"type":"https://docs.pictify.io/errors/not-found","title":"Not Found","status":404,\
        "detail":"No such path","message":"No such path","code":"not_found"}\
        """) {
      @Override
      Map<String, String> examples() {
        String template = create("/templates", "{\"html\":\"x\"}", "/template/uid");
        String batch = "/templates/" + template + "/batch-render";
        return Map.of(
            "/templates/{", template,
            "/templates/batch/{", create(batch, "{\"variableSets\":[{}]}", "/batchId"),
            "/webhook-subscriptions/{",
                create("/webhook-subscriptions", SUBSCRIPTION, "/subscription/uid"));
      }
    };

    private static final String ONE_URL = "{\"urls\":[\"http://a.invalid/\"]}";
    private static final String ONE_SCRAPE = "{\"urls\":[{\"url\":\"http://a.invalid/\"}]}";
    private static final String SUBSCRIPTION =
        "{\"event\":\"render.completed\",\"targetUrl\":\"http://127.0.0.1:9/\"}";

    private final String pathPrefix;
    private final String unserved;
    private final String notFoundBody;

    Vendor(String below, String unserved, String notFound) {
      this.pathPrefix = below;
      this.unserved = unserved;
      this.notFoundBody = notFound;
    }

    /** Ids that exist and belong to the owner, by the path before them. */
    abstract Map<String, String> examples();

    List<String> routes() {
      Description description = Description.ofDialect(name().toLowerCase(Locale.ROOT), pathPrefix);
      assertThat(description.keyedOperations()).hasSizeGreaterThan(7);
      return description.keyedOperations();
    }

    /** The routes with an id, those that delete last. */
    List<String> routesWithIds() {
      return routes().stream()
          .filter(route -> route.contains("{"))
          .sorted(Comparator.comparing((String route) -> route.startsWith("DELETE ")))
          .toList();
    }
  }

  @BeforeAll
  static void start() {
    server =
        new LiveServer(
            Map.of(ConfigKey.WRONG_KEYS_PER_MINUTE, "0", ConfigKey.ALLOW_PRIVATE_TARGETS, "true"));
    owner = new TestClient(server.port(), server.key());
    JsonNode other = owner.post("/v1/accounts", "{\"name\":\"other\"}").json();
    JsonNode key =
        owner
            .post(
                "/v1/keys",
                """
                {"name":"k","scopes":["admin","read","write","cancel"],"account_id":"%s"}\
                """
                    .formatted(other.path("id").asString()))
            .json();
    otherClient = owner.withKey(key.path("secret").asString());
  }

  @AfterAll
  static void stop() {
    server.close();
  }

  private static String create(String path, String body, String id) {
    HttpReply reply = owner.post(path, body);
    assertThat(reply.status()).as(reply.text()).isLessThan(300);
    return reply.json().at(id).asString();
  }

  private static HttpReply call(TestClient client, String route, String id) {
    String[] parts = route.split(" ", 2);
    String path = parts[1].replaceAll("\\{[^}]+}", id);
    String body = BODIES.get(route);
    return body == null
        ? client.method(parts[0], path)
        : client.send(
            client
                .request(path, "Content-Type", "application/json")
                .method(parts[0], HttpRequest.BodyPublishers.ofString(body)));
  }

  @ParameterizedTest
  @EnumSource
  void a_missing_or_wrong_key_gets_the_same_bytes_on_every_route(Vendor vendor) {
    for (TestClient client : List.of(owner.withKey(null), owner.withKey(WRONG_KEY))) {
      Set<String> answers =
          vendor.routes().stream()
              .map(route -> {
                HttpReply reply = call(client, route, UNKNOWN_ID);
                assertThat(reply.status()).as(route + reply.text()).isIn(401, 403);
                return reply.status() + reply.text();
              })
              .collect(Collectors.toSet());
      assertThat(answers).hasSize(1);
    }
  }

  @ParameterizedTest
  @EnumSource
  void another_accounts_id_is_not_found(Vendor vendor) {
    Map<String, String> examples = vendor.examples();
    for (String route : vendor.routesWithIds()) {
      HttpReply notFound = call(otherClient, route, UNKNOWN_ID);
      HttpReply foreign = call(otherClient, route, example(examples, route));
      assertThat(notFound.status()).as(route + notFound.text()).isEqualTo(404);
      assertThat(foreign.status()).as(route + foreign.text()).isEqualTo(404);
      assertThat(foreign.text()).as(route).isEqualTo(notFound.text());
    }
    // Without this, ids that do not exist for anyone would pass the checks above.
    for (String route : vendor.routesWithIds()) {
      HttpReply reply = call(owner, route, example(examples, route));
      assertThat(reply.status()).as(route + reply.text()).isNotEqualTo(404).isLessThan(500);
    }
  }

  @ParameterizedTest
  @EnumSource
  void a_path_that_is_not_served_gets_the_vendors_404(Vendor vendor) {
    for (TestClient client : List.of(owner, owner.withKey(null))) {
      for (String method : List.of("GET", "POST", "PUT", "DELETE")) {
        for (String path : vendor.unserved.split(" ", -1)) {
          HttpReply reply = client.method(method, path);
          assertThat(reply.status()).as(method + path + reply.text()).isEqualTo(404);
          assertThat(reply.header("Content-Type")).startsWith("application/json");
          assertThat(reply.text()).as(method + path).isEqualTo(vendor.notFoundBody);
        }
      }
      assertThat(client.get("/nowhere").header("Content-Type")).contains("problem+json");
      assertThat(client.get("/apiary").header("Content-Type")).contains("problem+json");
    }
  }

  @ParameterizedTest
  @EnumSource
  void an_id_with_a_slash_is_not_found(Vendor vendor) {
    for (String route : vendor.routesWithIds()) {
      HttpReply notFound = call(owner, route, UNKNOWN_ID);
      for (String id : List.of("a%2Fb", "a%2F..%2Fb")) {
        HttpReply slashed = call(owner, route, id);
        assertThat(slashed.status()).as(route + slashed.text()).isEqualTo(404);
        assertThat(slashed.text()).as(route).isEqualTo(notFound.text());
      }
    }
  }

  private static String example(Map<String, String> examples, String route) {
    Optional<String> prefix =
        examples.keySet().stream().filter(start -> route.contains(" " + start)).findAny();
    assertThat(prefix).as("an id for " + route + "; add one to this test").isPresent();
    return Objects.requireNonNull(examples.get(prefix.orElseThrow()));
  }
}
