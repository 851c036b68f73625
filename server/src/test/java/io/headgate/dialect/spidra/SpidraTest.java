package io.headgate.dialect.spidra;

import static org.assertj.core.api.Assertions.assertThat;

import io.headgate.Await;
import io.headgate.LiveServer;
import io.headgate.api.Description;
import io.headgate.config.Key;
import io.headgate.dialect.CommandedProcessor;
import io.headgate.dialect.Golden;
import io.headgate.http.TestClient;
import io.headgate.http.TestClient.Reply;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Every answer here is held to docs/dialects/spidra.openapi.yaml. */
class SpidraTest {

  private static final Description DESCRIPTION = Description.ofDialect("spidra", "/api/");
  private static final Duration LONG = Duration.ofSeconds(20);

  private static CommandedProcessor work;
  private static LiveServer server;
  private static TestClient client;

  @BeforeAll
  static void start() {
    work = new CommandedProcessor("scrape");
    server = new LiveServer(work);
    client = new TestClient(server.port(), server.key(), DESCRIPTION::check);
  }

  @AfterAll
  static void stop() {
    server.close();
  }

  @AfterEach
  void the_books_are_clean() {
    assertThat(LiveServer.violations(server.database)).isEmpty();
  }

  private static TestClient account(String name, String more) {
    String id =
        server
            .client
            .post("/v1/accounts", "{\"name\":\"%s\"%s}".formatted(name, more))
            .json()
            .path("id")
            .asString();
    Reply key =
        server.client.post(
            "/v1/keys", "{\"name\":\"%s\",\"account_id\":\"%s\"}".formatted(name, id));
    return new TestClient(server.port(), key.json().path("secret").asString(), DESCRIPTION::check);
  }

  private static Reply post(TestClient by, int urls, String more) {
    String list =
        IntStream.range(0, urls)
            .mapToObj(i -> "\"http://a.invalid/" + i + "\"")
            .collect(Collectors.joining(","));
    return by.post("/api/batch/scrape", "{\"urls\":[" + list + "]" + more + "}");
  }

  private static UUID submit(TestClient by, int urls, String more) {
    Reply reply = post(by, urls, more);
    assertThat(reply.status()).as(reply.text()).isEqualTo(202);
    return UUID.fromString(reply.json().path("batchId").asString());
  }

  private static void awaitStatus(TestClient by, UUID batch, String status) {
    Await.until(
        status, LONG, () -> show(by, batch).json().path("status").asString().equals(status));
  }

  private static Reply show(TestClient by, UUID batch) {
    return by.get("/api/batch/scrape/" + batch);
  }

  @ParameterizedTest
  @ValueSource(strings = {"node-0.3.0", "node-0.4.0", "go-0.1.0", "n8n-0.1.0", "mcp-0.7.0"})
  void official_clients_are_answered_as_they_expect(String name) {
    try (LiveServer house = new LiveServer(Map.of(Key.SLOTS, "2"), work)) {
      new Golden(house, work, DESCRIPTION::check).play(SpidraTest.class, name + ".txt");
    }
  }

  @Test
  void what_cannot_be_obeyed_is_refused_with_its_reasons_and_stores_nothing() {
    TestClient by = account("careless", "");
    Map<String, String> reasons =
        new HashMap<>(
            Map.of(
                "{\"urls\":[\"ftp://a.invalid/\"]}", "urls[0]",
                "{\"urls\":[\"http://a.invalid/\",{\"url\":\"x\"}]}", "urls[1] must be a string",
                "{\"urls\":[\"http://127.0.0.1:1/\"]}", "private or internal address",
                "{\"urls\":[\"http://localhost/\"]}", "private or internal address",
                "{\"urls\":[\"http://a.invalid/\"],\"fullPageScreenshot\":true}",
                    "needs screenshot",
                "{\"urls\":[\"http://a.invalid/\"],\"proxyCountry\":\"de\"}", "needs useProxy",
                "{\"urls\":[\"http://a.invalid/\"],\"output\":\"xml\"}", "json or markdown",
                "{\"urls\":[\"http://a.invalid/\"],\"scrapeMode\":\"slow\"}", "default or fast",
                "{\"urls\":[\"http://a.invalid/\"],\"schema\":{\"type\":\"objekt\"}}",
                    "schema.type",
                "{\"urls\":[\"http://a.invalid/\"],\"cookies\":\"a\\nb\"}", "Cookie header"));
    reasons.put(
        "{\"urls\":[\"http://a.invalid/\"],\"schema\":{\"properties\":{\"a\":{\"x-selctor\":\"p\"}}}}",
        "schema.properties.a.x-selctor is not known here, did you mean x-selector?");
    reasons.forEach((body, reason) -> {
      Reply reply = by.post("/api/batch/scrape", body);
      assertThat(reply.status()).as(body).isEqualTo(422);
      assertThat(reply.json().path("errors").toString()).as(body).contains(reason);
    });
    assertThat(post(by, 51, "").status()).isEqualTo(422);
    for (String body : new String[] {"", "{", "[]", "{}", "{\"urls\":null}", "{\"urls\":1}"}) {
      assertThat(by.post("/api/batch/scrape", body).status()).as(body).isEqualTo(400);
    }
    assertThat(by.get("/api/batch/scrape").json().at("/pagination/total").intValue()).isZero();
  }

  @Test
  void failed_items_alone_are_retried_and_a_finished_batch_runs_again() {
    UUID batch = submit(client, 3, "");
    work.awaitStarted(batch, 3);
    work.succeed(batch, 0);
    work.fail(batch, 1);
    work.fail(batch, 2);
    awaitStatus(client, batch, "completed");
    work.forget(batch, 1);
    work.forget(batch, 2);
    String retry = "/api/batch/scrape/" + batch + "/retry";
    assertThat(client.post(retry, "no json at all").text())
        .isEqualTo("{\"status\":\"queued\",\"retriedCount\":2}");
    work.awaitStarted(batch, 3);
    Reply again = show(client, batch);
    assertThat(again.json().path("status").asString()).isEqualTo("running");
    assertThat(again.json().path("finishedAt").isNull()).isTrue();
    assertThat(again.json().path("failedCount").intValue()).isZero();
    assertThat(client.post(retry, null).status()).isEqualTo(400);
    work.fail(batch, 1);
    Await.until("one failed", LONG, () -> failed(batch) == 1);
    assertThat(client.post(retry, "").json().path("retriedCount").intValue()).isEqualTo(1);
    work.succeed(batch, 2);
    awaitStatus(client, batch, "completed");
  }

  private static int failed(UUID batch) {
    return show(client, batch).json().path("failedCount").intValue();
  }

  @Test
  void who_has_no_credits_left_is_told_so_on_submit_and_on_retry() {
    TestClient poor = account("poor", ",\"credit_limit\":4");
    assertThat(post(poor, 3, "").json().path("code").asString()).isEqualTo("INSUFFICIENT_CREDITS");
    UUID batch = submit(poor, 2, "");
    work.awaitStarted(batch, 2);
    work.fail(batch, 0);
    work.succeed(batch, 1);
    awaitStatus(poor, batch, "completed");
    submit(poor, 1, "");
    Reply retry = poor.post("/api/batch/scrape/" + batch + "/retry", "{}");
    assertThat(retry.status()).isEqualTo(403);
    assertThat(retry.json().path("code").asString()).isEqualTo("INSUFFICIENT_CREDITS");
  }

  @Test
  void more_than_fifty_unfinished_batches_are_too_many_unless_the_account_has_a_limit_of_its_own() {
    TestClient eager = account("eager", "");
    for (int i = 0; i < 50; i++) {
      submit(eager, 1, "");
    }
    Reply refused = post(eager, 1, "");
    assertThat(refused.status()).isEqualTo(429);
    assertThat(refused.json().path("code").asString()).isEqualTo("TOO_MANY_PENDING_JOBS");
    assertThat(refused.header("Retry-After")).isNotEmpty();
    TestClient limited = account("limited", ",\"pending_limit\":60");
    for (int i = 0; i < 60; i++) {
      submit(limited, 1, "");
    }
    assertThat(post(limited, 1, "").status()).isEqualTo(429);
  }

  @Test
  void pages_of_the_list_are_counted_and_hold_fifty_at_most() {
    TestClient by = account("lister", ",\"pending_limit\":1000");
    UUID last = new UUID(0, 0);
    for (int i = 0; i < 52; i++) {
      last = submit(by, 1, ",\"output\":\"markdown\"");
    }
    Reply first = by.get("/api/batch/scrape?page=1&limit=500");
    assertThat(first.json().at("/jobs/0/uuid").asString()).isEqualTo(last.toString());
    assertThat(first.json().path("jobs")).hasSize(50);
    assertThat(first.json().path("pagination").toString())
        .isEqualTo("{\"page\":1,\"limit\":50,\"total\":52,\"totalPages\":2}");
    assertThat(by.get("/api/batch/scrape?page=2&limit=50").json().path("jobs")).hasSize(2);
    assertThat(by.get("/api/batch/scrape/?page=9").json().path("jobs")).isEmpty();
    assertThat(by.get("/api/batch/scrape?page=0").status()).isEqualTo(400);
  }

  @Test
  void what_a_schema_says_beyond_what_is_known_here_is_a_warning() {
    Reply reply =
        client.post(
            "/api/batch/scrape",
            """
            {"urls":["http://a.invalid/"],"schema":{"type":"object",
             "properties":{"a":{"type":"string","x-order":1,"x-faker":"name"}}}}\
            """);
    assertThat(reply.status()).as(reply.text()).isEqualTo(202);
    assertThat(reply.json().path("schema_warnings").toString())
        .contains("properties.a.x-order", "x-faker", "is ignored");
  }

  @Test
  void a_single_scrape_is_a_job_of_its_own_with_a_record_when_it_has_ended() {
    TestClient by = account("single", "");
    String body = "{\"urls\":[{\"url\":\"http://a.invalid/1\"},{\"url\":\"http://a.invalid/2\"}]}";
    Reply queued = by.post("/api/scrape", body);
    assertThat(queued.status()).as(queued.text()).isEqualTo(202);
    UUID job = UUID.fromString(queued.json().path("jobId").asString());
    work.awaitStarted(job, 2);
    assertThat(by.get("/api/scrape-logs").json().at("/data/total").intValue()).isZero();
    assertThat(by.get("/api/scrape-logs/" + job).status()).isEqualTo(404);
    work.succeed(job, 0);
    work.fail(job, 1);
    String path = "/api/scrape/" + job;
    Await.until("ended", LONG, () -> by.get(path).text().contains("\"completed\""));
    Reply shown = by.get(path);
    assertThat(shown.json().at("/result/content").asString()).isEqualTo("# Page 0");
    assertThat(shown.json().at("/result/data/1/success").asBoolean()).isFalse();
    assertThat(by.get("/api/scrape-logs").json().at("/data/logs/0/credits_used").intValue())
        .isEqualTo(2);
    assertThat(by.get("/api/scrape-logs/" + job).json().at("/data/result_data").asString())
        .isEqualTo("# Page 0");
    assertThat(show(by, job).status()).isEqualTo(404);
    assertThat(by.get("/api/batch/scrape").json().at("/pagination/total").intValue()).isZero();
    assertThat(by.post("/api/scrape", "{\"urls\":[1,2,3,4]}").status()).isEqualTo(422);
    assertThat(by.post("/api/scrape", "{\"urls\":[{}]}").json().path("message").asString())
        .isEqualTo("urls[0].url must be a string");
    assertThat(
            by.post(
                    "/api/scrape",
                    "{\"urls\":[{\"url\":\"http://a.invalid/\",\"actions\":[{\"type\":\"fly\"}]}]}")
                .status())
        .isEqualTo(422);
  }

  @Test
  void logs_are_found_by_status_text_channel_and_date_and_come_in_pages() {
    TestClient by = account("searcher", "");
    ended(by, "Prices of SHOES", "http://shop.invalid/a", true);
    ended(by, "the title", "http://news.invalid/B?q=%25", true);
    ended(by, "100% of it", "http://shop.invalid/c", false);
    assertThat(logged(by, "")).isEqualTo(3);
    assertThat(logged(by, "status=success")).isEqualTo(2);
    assertThat(logged(by, "status=failed")).isOne();
    assertThat(logged(by, "status=error&channel=api")).isOne();
    assertThat(logged(by, "channel=playground")).isZero();
    assertThat(logged(by, "searchTerm=shoes")).isOne();
    assertThat(logged(by, "searchTerm=shop.invalid")).isEqualTo(2);
    assertThat(logged(by, "searchTerm=NEWS.invalid/b")).isOne();
    assertThat(logged(by, "searchTerm=%25")).isEqualTo(2);
    assertThat(logged(by, "searchTerm=json")).isZero();
    assertThat(logged(by, "searchTerm=%00")).isZero();
    assertThat(logged(by, "searchTerm=shop&status=failed&dateStart=2020-01-01")).isOne();
    assertThat(logged(by, "dateStart=&dateEnd=&status=&searchTerm=")).isEqualTo(3);
    assertThat(logged(by, "dateEnd=2020-01-01")).isZero();
    assertThat(logged(by, "dateStart=2999-01-01T00:00:00Z")).isZero();
    assertThat(logged(by, "dateEnd=2999-01-01T00:00:00.000+02:00")).isEqualTo(3);
    assertThat(logged(by, "dateStart=-999999999-01-01&dateEnd=%2B999999999-12-31")).isEqualTo(3);
    assertThat(by.get("/api/scrape-logs?limit=2&page=2").json().at("/data/logs")).hasSize(1);
    for (String wrong : new String[] {"status=odd", "dateStart=soon", "dateEnd=2026-02-30"}) {
      assertThat(by.get("/api/scrape-logs?" + wrong).status()).as(wrong).isEqualTo(400);
    }
  }

  @Test
  void a_log_is_of_the_day_and_the_moment_it_was_asked_for() {
    TestClient by = account("dated", "");
    UUID job = ended(by, "x", "http://a.invalid/", true);
    String at = by.get("/v1/batches/" + job).json().path("created_at").asString();
    String day = at.substring(0, 10);
    assertThat(logged(by, "dateStart=" + at + "&dateEnd=" + at)).isOne();
    assertThat(logged(by, "dateStart=" + day + "&dateEnd=" + day)).isOne();
    String before = java.time.LocalDate.parse(day).minusDays(1).toString();
    String after = java.time.LocalDate.parse(day).plusDays(1).toString();
    assertThat(logged(by, "dateEnd=" + before)).isZero();
    assertThat(logged(by, "dateStart=" + after)).isZero();
  }

  private static UUID ended(TestClient by, String prompt, String url, boolean well) {
    String body = "{\"prompt\":\"%s\",\"urls\":[{\"url\":\"%s\"}]}".formatted(prompt, url);
    UUID job = UUID.fromString(by.post("/api/scrape", body).json().path("jobId").asString());
    work.awaitStarted(job, 1);
    if (well) {
      work.succeed(job, 0);
    } else {
      work.fail(job, 0);
    }
    Await.until("logged", LONG, () -> by.get("/api/scrape-logs").text().contains(job.toString()));
    return job;
  }

  private static int logged(TestClient by, String query) {
    Reply reply = by.get("/api/scrape-logs?" + query);
    assertThat(reply.status()).as(query + reply.text()).isEqualTo(200);
    assertThat(reply.json().at("/data/logs")).hasSize(reply.json().at("/data/total").intValue());
    return reply.json().at("/data/total").intValue();
  }

  @Test
  void usage_has_a_row_for_every_day() {
    TestClient by = account("user", "");
    UUID batch = submit(by, 2, "");
    work.awaitStarted(batch, 2);
    work.succeed(batch, 0);
    work.succeed(batch, 1);
    awaitStatus(by, batch, "completed");
    Reply week = by.get("/api/usage-stats?range=7d");
    assertThat(week.json().path("data")).hasSize(7);
    assertThat(week.json().at("/data/6/requests").intValue()).isEqualTo(2);
    assertThat(week.json().at("/data/6/credits").intValue()).isEqualTo(4);
    assertThat(by.get("/api/usage-stats?range=30d").json().path("data")).hasSize(30);
    assertThat(by.get("/api/usage-stats?range=weekly").json().at("/data/0/label").asString())
        .isEqualTo("Mon");
    assertThat(by.get("/api/usage-stats").status()).isEqualTo(400);
  }

  @Test
  void rates_are_told_as_the_vendor_tells_them() {
    Reply reply = client.get("/api/batch/scrape");
    assertThat(reply.header("RateLimit-Limit")).isEqualTo("6000");
    assertThat(Integer.parseInt(reply.header("RateLimit-Remaining"))).isLessThan(6000);
    long reset = Long.parseLong(reply.header("RateLimit-Reset"));
    assertThat(reset).isGreaterThan(1_700_000_000L);
  }

  @Test
  void a_batch_of_the_native_api_is_none_of_the_dialect() {
    String id = server.submit("worker", 1, "");
    assertThat(client.get("/api/batch/scrape/" + id).text())
        .isEqualTo(client.get("/api/batch/scrape/nonsense").text());
  }
}
