package io.headgate.api.admin;

import static org.assertj.core.api.Assertions.assertThat;

import io.headgate.access.RateLimits;
import io.headgate.credit.CreditJournal;
import io.headgate.db.Database;
import io.headgate.db.LoopStatus;
import io.headgate.http.ApiResponse;
import io.headgate.http.Operation;
import io.headgate.http.ProblemCode;
import io.headgate.http.Request;
import io.headgate.http.Route;
import io.headgate.http.TestClient;
import io.headgate.http.TestClient.HttpReply;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import tools.jackson.databind.JsonNode;

@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class AdminRoutesTest {

  private static final String UNKNOWN_ID = "0199aaaa-0000-7000-8000-000000000000";

  /** An operation that loses its database connection while it runs. */
  private static final class CutConnectionOperation implements Operation.OpenOperation {
    private @Nullable Database database;

    @Override
    public Route route() {
      return Route.get("/cut");
    }

    @Override
    public ApiResponse handle(Request request) {
      return Objects.requireNonNull(database)
          .read(tx -> {
            tx.query("select pg_terminate_backend(pg_backend_pid())").mapTo(Boolean.class).one();
            return ApiResponse.empty(204);
          });
    }
  }

  private final CutConnectionOperation cut = new CutConnectionOperation();
  private final AdminTestServer server = new AdminTestServer(new RateLimits(0, 0), cut);
  private final TestClient admin = server.client;

  AdminRoutesTest() {
    cut.database = server.database;
  }

  @AfterAll
  void stop() {
    server.close();
  }

  private TestClient tenant(String name, String credits) {
    String body = "{\"name\":\"%s\",\"credit_limit\":%s}".formatted(name, credits);
    HttpReply account = admin.post("/v1/accounts", body);
    assertThat(account.status()).as(account.text()).isEqualTo(201);
    String id = account.json().path("id").asString();
    return admin.withKey(
        server.newKey(
            admin,
            name,
            ",\"scopes\":[\"read\",\"write\",\"cancel\",\"admin\"],\"account_id\":\"" + id + "\""));
  }

  @Test
  void the_first_account_has_no_limit_and_its_key_may_do_everything() {
    JsonNode account = admin.get("/v1/account").json();
    assertThat(account.path("name").asString()).isEqualTo("default");
    assertThat(account.path("credits").toString())
        .isEqualTo("{\"limit\":null,\"available\":null,\"reserved\":0,\"charged\":0}");
    JsonNode key = admin.get("/v1/keys").json().path("data").valueStream().toList().getLast();
    assertThat(key.path("name").asString()).isEqualTo("admin");
    assertThat(key.path("scopes").toString())
        .isEqualTo("[\"read\",\"write\",\"cancel\",\"admin\"]");
  }

  @Test
  void grants_reserves_charges_and_refunds_add_up_in_the_journal() {
    TestClient tenant = tenant("journal", "100");
    UUID id = UUID.fromString(tenant.get("/v1/account").json().path("id").asString());
    HttpReply granted = admin.post("/v1/accounts/" + id + "/grants", "{\"credits\":50}");
    assertThat(granted.json().path("credits").path("available").asLong()).isEqualTo(150);
    UUID batch = UUID.fromString(UNKNOWN_ID);
    server.database.useTransaction(tx -> {
      Instant now = server.clock.instant();
      assertThat(CreditJournal.reserveIfCovered(tx, id, batch, 40, now)).isTrue();
      CreditJournal.settle(tx, List.of(new CreditJournal.CreditMove(id, batch, 10, 30)), now);
    });
    JsonNode credits = tenant.get("/v1/account").json().path("credits");
    assertThat(credits.path("limit").asLong()).isEqualTo(150);
    assertThat(credits.path("available").asLong()).isEqualTo(140);
    assertThat(credits.path("charged").asLong()).isEqualTo(10);
    HttpReply first = tenant.get("/v1/account/journal?limit=3");
    HttpReply second =
        tenant.get(
            "/v1/account/journal?limit=3&cursor=" + first.json().path("next_cursor").asString());
    assertThat(
            java.util.stream.Stream.of(first, second)
                .flatMap(page -> page.json().path("data").valueStream())
                .map(entry -> entry.path("kind").asString() + " " + entry.path("credits").asInt()))
        .containsExactly("refund 30", "charge 10", "reserve 40", "grant 50", "grant 100");
    assertThat(second.json().path("next_cursor").isNull()).isTrue();
  }

  @Test
  void a_cursor_of_another_list_is_refused() {
    tenant("cursor-a", "null");
    String cursor = admin.get("/v1/accounts?limit=1").json().path("next_cursor").asString();
    assertThat(admin.get("/v1/accounts?limit=1&cursor=" + cursor).status()).isEqualTo(200);
    assertThat(admin.get("/v1/keys?cursor=" + cursor).code()).isEqualTo("invalid-request");
  }

  @Test
  void an_account_may_begin_with_no_credits_at_all() {
    TestClient tenant = tenant("empty", "0");
    assertThat(tenant.get("/v1/account").json().path("credits").toString())
        .isEqualTo("{\"limit\":0,\"available\":0,\"reserved\":0,\"charged\":0}");
    assertThat(tenant.get("/v1/account/journal").json().path("data").size()).isZero();
  }

  @Test
  void bad_accounts_grants_and_keys_are_refused_by_field() {
    Map<String, String> accounts =
        Map.of(
            "{}", "/name",
            "{\"name\":\"\"}", "/name",
            "{\"name\":\"x\",\"credit_limit\":-1}", "/credit_limit",
            "{\"name\":\"x\",\"credit_limit\":1e300}", "/credit_limit",
            "{\"name\":\"x\",\"running_limit\":0}", "/running_limit",
            "{\"name\":\"default\"}", "/name",
            "{\"name\":\"a\\nb\"}", "/name");
    accounts.forEach((body, pointer) -> assertRefused("/v1/accounts", body, pointer));
    String grants =
        "/v1/accounts/" + admin.get("/v1/account").json().path("id").asString() + "/grants";
    assertRefused(grants, "{\"credits\":0}", "/credits");
    assertRefused(grants, "{\"credits\":99999999999999999999}", "/credits");
    assertRefused(grants, "{}", "/credits");
    assertRefused("/v1/keys", "{\"name\":\"k\",\"scopes\":[]}", "/scopes");
    assertRefused("/v1/keys", "{\"name\":\"k\",\"scopes\":[\"root\"]}", "/scopes/0");
    assertRefused("/v1/keys", "{\"name\":\"k\",\"scopes\":[null]}", "/scopes");
    assertRefused(
        "/v1/keys", "{\"name\":\"k\",\"expires_at\":\"2020-01-01T00:00:00Z\"}", "/expires_at");
    assertRefused(
        "/v1/keys", "{\"name\":\"k\",\"account_id\":\"" + UNKNOWN_ID + "\"}", "/account_id");
    assertRefused("/v1/keys", "{\"name\":\"k\",\"account_id\":\"x\"}", "/account_id");
  }

  private void assertRefused(String path, String body, String pointer) {
    HttpReply reply = admin.post(path, body);
    assertThat(reply.status()).as(body + reply.text()).isEqualTo(400);
    assertThat(reply.json().path("errors").get(0).path("pointer").asString())
        .as(reply.text())
        .isEqualTo(pointer);
  }

  @Test
  void keys_and_grants_of_another_account_are_unknown() {
    TestClient tenant = tenant("outsider", "null");
    JsonNode adminKey = admin.get("/v1/keys").json().path("data").get(0);
    HttpReply foreign = tenant.delete("/v1/keys/" + adminKey.path("id").asString());
    HttpReply unknown = tenant.delete("/v1/keys/" + UNKNOWN_ID);
    HttpReply malformed = tenant.delete("/v1/keys/7");
    assertThat(foreign.status()).isEqualTo(404);
    assertThat(List.of(unknown.text(), malformed.text())).containsOnly(foreign.text());
    String operator = admin.get("/v1/account").json().path("id").asString();
    assertThat(tenant.post("/v1/accounts/" + operator + "/grants", "{\"credits\":1}").text())
        .isEqualTo(foreign.text());
    assertThat(tenant.get("/v1/accounts").json().path("data").size()).isEqualTo(1);
    assertThat(tenant.get("/v1/keys").json().path("data").size()).isEqualTo(1);
    assertThat(tenant.get("/v1/keys?account_id=" + operator).status()).isEqualTo(400);
  }

  @Test
  void only_the_operator_creates_accounts_and_grants_credits() {
    TestClient tenant = tenant("poor", "1");
    String own = tenant.get("/v1/account").json().path("id").asString();
    assertThat(tenant.post("/v1/accounts", "{\"name\":\"mine\"}").status()).isEqualTo(403);
    assertThat(tenant.post("/v1/accounts/" + own + "/grants", "{\"credits\":1}").status())
        .isEqualTo(403);
  }

  @Test
  void probes_and_pages_need_no_key_on_loopback() {
    TestClient anyone = admin.withKey(null);
    assertThat(anyone.get("/healthz").text()).isEqualTo("{\"status\":\"ok\"}");
    assertThat(anyone.get("/readyz").status()).isEqualTo(200);
    assertThat(anyone.get("/metrics").text())
        .contains(
            "headgate_test_total 1.0",
            "headgate_http_requests_seconds_count{method=\"GET\",route=\"/healthz\",status=\"200\"}");
    assertThat(anyone.get("/openapi.yaml").text()).startsWith("openapi: 3.1");
  }

  @Test
  void a_server_that_stops_is_not_ready() {
    server.open.set(false);
    try {
      assertThat(admin.get("/readyz").code()).isEqualTo("unavailable");
    } finally {
      server.open.set(true);
    }
  }

  @Test
  void a_ready_server_lists_its_loops() {
    server.loops.set(
        List.of(
            new LoopStatus(
                "headgate-exchange", Duration.ofMillis(40), Duration.ofSeconds(30), false, 12, 1),
            new LoopStatus("headgate-sweep", null, Duration.ofHours(1), false, 0, 0)));
    try {
      HttpReply reply = admin.get("/readyz");
      assertThat(reply.status()).isEqualTo(200);
      assertThat(reply.json().path("status").asString()).isEqualTo("ready");
      JsonNode exchange = reply.json().at("/loops/0");
      assertThat(exchange.path("name").asString()).isEqualTo("headgate-exchange");
      assertThat(Instant.parse(exchange.path("last_success_at").asString()))
          .isBefore(server.clock.instant());
      assertThat(exchange.path("overdue_after_seconds").asDouble()).isEqualTo(30);
      assertThat(exchange.path("overdue").asBoolean()).isFalse();
      assertThat(reply.json().at("/loops/1/last_success_at").isNull()).isTrue();
    } finally {
      server.loops.set(List.of());
    }
  }

  @Test
  void a_server_with_an_overdue_loop_is_not_ready() {
    server.loops.set(
        List.of(
            new LoopStatus(
                "headgate-watch", Duration.ofSeconds(31), Duration.ofSeconds(30), true, 12, 9)));
    try {
      HttpReply reply = admin.get("/readyz");
      assertThat(reply.status()).isEqualTo(503);
      assertThat(reply.code()).isEqualTo("unavailable");
      assertThat(reply.json().path("detail").asString())
          .isEqualTo("No round has succeeded for too long in: headgate-watch.");
      assertThat(reply.json().at("/loops/0/overdue").asBoolean()).isTrue();
    } finally {
      server.loops.set(List.of());
    }
  }

  @Test
  void a_server_whose_node_has_failed_is_not_ready() {
    server.failed.set(true);
    try {
      assertThat(admin.get("/readyz").status()).isEqualTo(503);
    } finally {
      server.failed.set(false);
    }
  }

  @Test
  void every_problem_has_its_page() {
    for (ProblemCode code : ProblemCode.values()) {
      HttpReply reply = admin.get(code.type());
      assertThat(reply.status()).isEqualTo(200);
      assertThat(reply.text()).contains(code.wireName(), code.title());
    }
    assertThat(admin.get("/problems/nothing").status()).isEqualTo(404);
  }

  @Test
  void nodes_show_their_slots_and_what_is_busy() {
    server.database.useTransaction(tx ->
        tx.update(
                """
                insert into node (name, kind, slots, processors, lease_ms, started_at, last_seen_at)
                values ('one', 'server', 8, array['noop'], 10000, now(), now())
                """)
            .execute());
    JsonNode node = admin.get("/v1/nodes").json().get(0);
    assertThat(node.path("slots").toString()).isEqualTo("{\"total\":8,\"busy\":0}");
    assertThat(node.path("processors").toString()).isEqualTo("[\"noop\"]");
    assertThat(admin.get("/v1/processors").text()).isEqualTo("[]");
  }

  @Test
  void a_connection_to_the_database_that_is_cut_makes_the_server_unavailable() {
    HttpReply reply = admin.get("/cut");
    assertThat(reply.status()).isEqualTo(503);
    assertThat(reply.code()).isEqualTo("unavailable");
    assertThat(reply.header("Retry-After")).isEqualTo("1");
    assertThat(admin.get("/v1/account").status()).isEqualTo(200);
  }
}
