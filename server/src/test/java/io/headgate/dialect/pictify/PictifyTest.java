package io.headgate.dialect.pictify;

import static org.assertj.core.api.Assertions.assertThat;

import io.headgate.Await;
import io.headgate.LiveServer;
import io.headgate.api.Description;
import io.headgate.config.ConfigKey;
import io.headgate.dialect.CommandedProcessor;
import io.headgate.http.TestClient;
import io.headgate.http.TestClient.HttpReply;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** Every response is checked against docs/dialects/pictify.openapi.yaml. */
class PictifyTest {

  private static final Description DESCRIPTION = Description.ofDialect("pictify", "/");
  private static final Duration TIMEOUT = Duration.ofSeconds(20);
  private static final String CARD =
      "{\"name\":\"Card\",\"html\":\"<h1>{{name}}</h1>{{company}}\"}";

  private static CommandedProcessor processor;
  private static LiveServer server;
  private static TestClient client;

  @BeforeAll
  static void start() {
    processor = new CommandedProcessor("render");
    server = new LiveServer(Map.of(ConfigKey.ALLOW_PRIVATE_TARGETS, "true"), processor);
    client = new TestClient(server.port(), server.key(), DESCRIPTION::check);
  }

  @AfterAll
  static void stop() {
    server.close();
  }

  @AfterEach
  void the_audit_finds_no_violation() {
    assertThat(LiveServer.violations(server.database)).isEmpty();
  }

  private static String template(String json) {
    HttpReply reply = client.post("/templates", json);
    assertThat(reply.status()).as(reply.text()).isEqualTo(200);
    return reply.json().at("/template/uid").asString();
  }

  private static HttpReply start(String template, int sets, String more) {
    String list =
        IntStream.range(0, sets)
            .mapToObj(i -> "{\"name\":\"n" + i + "\",\"company\":\"c\"}")
            .collect(Collectors.joining(","));
    return client.post(
        "/templates/" + template + "/batch-render",
        "{\"variableSets\":[" + list + "]" + more + "}");
  }

  private static HttpReply results(String batch) {
    return client.get("/templates/batch/" + batch + "/results");
  }

  @Test
  void a_batch_reports_rendered_and_failed_items_and_those_that_never_ran() {
    HttpReply started = start(template(CARD), 4, ",\"concurrency\":2,\"format\":\"jpg\"");
    assertThat(started.status()).as(started.text()).isEqualTo(202);
    String batch = started.json().path("batchId").asString();
    UUID id = PrefixedId.BATCH.parse(batch).orElseThrow();
    processor.awaitStarted(id, 2);
    assertThat(processor.options(id)).contains("\"format\":\"jpeg\"", "\"quality\":0.9");
    assertThat(results(batch).json().path("status").asString()).isEqualTo("processing");
    processor.fail(id, 1);
    processor.awaitStarted(id, 3);
    client.post("/templates/batch/" + batch + "/cancel", null);
    processor.succeed(id, 0);
    processor.succeed(id, 2);
    Await.until("drained", TIMEOUT, () -> results(batch).json().path("completedAt").isString());
    JsonNode after = results(batch).json();
    assertThat(after.path("status").asString()).isEqualTo("cancelled");
    assertThat(after.path("progress").asInt()).isEqualTo(75);
    assertThat(after.path("completedItems").asInt()).isEqualTo(2);
    assertThat(after.path("failedItems").asInt()).isEqualTo(1);
    assertThat(after.path("results").valueStream().map(each -> each.path("index").asInt()))
        .containsExactly(0, 1, 2);
    assertThat(after.at("/results/0/variables").toString()).isEqualTo("[\"name\",\"company\"]");
    assertThat(after.at("/errors/0/index").asInt()).isEqualTo(1);
    assertThat(after.at("/errors/0/error").asString()).contains("404");
  }

  @Test
  void wrong_fields_are_named_and_nothing_is_stored() {
    String uid = template(CARD);
    Map<String, String> reasons =
        Map.of(
            "{}", "variableSets",
            "{\"variableSets\":[]}", "variableSets",
            "{\"variableSets\":[1]}", "variableSets",
            "{\"variableSets\":[{}],\"format\":\"bmp\"}", "format",
            "{\"variableSets\":[{}],\"quality\":0.01}", "quality",
            "{\"variableSets\":[{}],\"concurrency\":11}", "concurrency",
            "{\"variableSets\":[{}],\"layout\":\"Ä\"}", "layout",
            "{\"variableSets\":[{}],\"layout\":\"a\",\"layouts\":[\"b\"]}", "layouts",
            "{\"variableSets\":[{}],\"webhookUrl\":\"ftp://a.invalid\"}", "webhookUrl");
    reasons.forEach((body, field) -> {
      HttpReply reply = client.post("/templates/" + uid + "/batch-render", body);
      assertThat(reply.status()).as(body + reply.text()).isEqualTo(400);
      assertThat(reply.json().at("/errors/0/field").asString()).as(body).startsWith(field);
    });
    HttpReply two =
        client.post("/templates/" + uid + "/batch-render", "{\"variableSets\":[{}],\"quality\":2}");
    assertThat(two.json().at("/errors/0/message").asString()).isEqualTo("must be 0.1 to 1");
    for (String body : List.of("{", "[]", "7", "\"x\"")) {
      assertThat(client.post("/templates/" + uid + "/batch-render", body).status()).isEqualTo(400);
    }
    HttpReply unknown =
        client.post("/templates/AAAAAAAAAA/batch-render", "{\"variableSets\":[{}]}");
    assertThat(unknown.status()).isEqualTo(404);
    assertThat(unknown.json().path("message").asString()).isEqualTo("Template not found");
  }

  @Test
  void each_invalid_field_has_the_code_that_clients_read() {
    Map<String, String> codes =
        Map.of(
            "{\"width\":10}",
            "required",
            "{\"html\":\"x\",\"width\":\"wide\"}",
            "invalid_type",
            "{\"html\":\"x\",\"tags\":[null]}",
            "invalid_type",
            "{\"html\":\"x\",\"width\":4001}",
            "out_of_range",
            "{\"html\":\"x\",\"width\":3000000000}",
            "out_of_range",
            "{\"html\":\"x\",\"name\":\"%s\"}".formatted("n".repeat(1_000)),
            "too_long",
            "{\"html\":\"x\",\"name\":\" \"}",
            "invalid_format",
            "{\"html\":\"x\",\"outputFormat\":\"required\"}",
            "invalid_format");
    codes.forEach((body, code) -> {
      HttpReply reply = client.post("/templates", body);
      assertThat(reply.status()).as(body + reply.text()).isEqualTo(400);
      assertThat(reply.json().at("/errors/0/code").asString())
          .as(body + reply.text())
          .isEqualTo(code);
    });
  }

  @Test
  void an_unknown_event_is_refused_with_the_nearest_known_one() {
    HttpReply reply =
        client.post(
            "/webhook-subscriptions",
            "{\"event\":\"render.complete\",\"targetUrl\":\"http://127.0.0.1:9/\"}");
    assertThat(reply.status()).isEqualTo(400);
    assertThat(reply.json().at("/errors/0/message").asString())
        .startsWith("must be one of render.completed, ")
        .endsWith("; got render.complete, did you mean render.completed?");
  }

  @Test
  void more_than_the_largest_plan_allows_is_402() {
    HttpReply reply = start(template(CARD), PictifyStartBatch.MAX_SETS + 1, "");
    assertThat(reply.status()).isEqualTo(402);
    assertThat(reply.code()).isEqualTo("quota_exceeded");
  }

  @Test
  void a_template_is_created_found_changed_listed_and_deleted() {
    String uid =
        template(
            """
            {"html":"<h1>{{title}}</h1>","width":600,"height":200,"tags":["a"],
             "variableDefinitions":[{"name":"title","type":"text","validation":{"required":true}}],
             "layouts":{"square":{"name":"Square","width":300,"height":300}}}\
            """);
    JsonNode made = client.get("/templates/" + uid).json().path("template");
    assertThat(made.at("/variableDefinitions/0/validation/required").asBoolean()).isTrue();
    assertThat(made.at("/layouts/square/width").asInt()).isEqualTo(300);
    assertThat(made.path("variables").toString()).isEqualTo("[\"title\"]");
    assertThat(
            client
                .get("/templates/" + uid + "/variables")
                .json()
                .at("/variables/0/name")
                .asString())
        .isEqualTo("title");
    JsonNode changed =
        client.put("/templates/" + uid, "{\"name\":\"New\"}").json().path("template");
    assertThat(changed.path("name").asString()).isEqualTo("New");
    assertThat(changed.path("html").asString()).isEqualTo("<h1>{{title}}</h1>");
    JsonNode listed = client.get("/templates?limit=1&sort=newest").json();
    assertThat(listed.at("/templates/0/uid").asString()).isEqualTo(uid);
    assertThat(listed.at("/templates/0").has("html")).isFalse();
    assertThat(client.delete("/templates/" + uid).json().path("deleted").asBoolean()).isTrue();
    assertThat(client.get("/templates/" + uid).status()).isEqualTo(404);
    assertThat(client.delete("/templates/" + uid).status()).isEqualTo(404);
  }

  @Test
  void null_in_a_list_is_refused_with_the_name_of_the_list() {
    for (String list : List.of("tags", "variableDefinitions")) {
      HttpReply reply = client.post("/templates", "{\"html\":\"x\",\"%s\":[null]}".formatted(list));
      assertThat(reply.status()).as(reply.text()).isEqualTo(400);
      assertThat(reply.json().at("/errors/0/field").asString()).isEqualTo(list);
    }
    HttpReply layout = client.post("/templates", "{\"html\":\"x\",\"layouts\":{\"a\":null}}");
    assertThat(layout.json().at("/errors/0/field").asString()).isEqualTo("layouts");
    HttpReply side = client.post("/image", "{\"html\":\"x\",\"height\":-1}");
    assertThat(side.status()).isEqualTo(400);
    assertThat(side.json().at("/errors/0/field").asString()).isEqualTo("height");
  }

  @Test
  void invalid_html_is_422_and_missing_html_400() {
    HttpReply reply = client.post("/templates", "{\"html\":\"{{#nonsense x}}{{/nonsense}}\"}");
    assertThat(reply.status()).as(reply.text()).isEqualTo(422);
    assertThat(reply.text()).contains("nonsense");
    assertThat(client.post("/templates", "{\"name\":\"x\"}").status()).isEqualTo(400);
    assertThat(client.post("/templates", "{\"fabricJSData\":{}}").text()).contains("html");
  }

  @Test
  void a_subscription_is_created_shown_without_its_secret_paused_and_deleted() {
    HttpReply made =
        client.post(
            "/webhook-subscriptions",
            "{\"event\":\"render.completed\",\"targetUrl\":\"http://127.0.0.1:9/hook\"}");
    assertThat(made.status()).as(made.text()).isEqualTo(201);
    assertThat(made.json().at("/subscription/secret").asString()).startsWith("whsec_");
    String path = "/webhook-subscriptions/" + made.json().at("/subscription/uid").asString();
    assertThat(client.get(path).text()).doesNotContain("secret");
    assertThat(client.post(path + "/pause", "").json().at("/subscription/status").asString())
        .isEqualTo("paused");
    assertThat(client.post(path + "/resume", null).json().at("/subscription/status").asString())
        .isEqualTo("active");
    assertThat(client.put(path, "{\"filters\":{\"templateId\":\"x\"}}").status()).isEqualTo(200);
    HttpReply unfiltered = client.put(path, "{\"filters\":null}");
    assertThat(unfiltered.status()).isEqualTo(200);
    assertThat(unfiltered.json().at("/subscription/filters")).isEmpty();
    HttpReply listed = client.get("/webhook-subscriptions?event=render.completed&status=active");
    assertThat(listed.json().at("/pagination/total").asInt()).isEqualTo(1);
    assertThat(
            client
                .get("/webhook-subscriptions?event=batch.failed")
                .json()
                .at("/pagination/total")
                .asInt())
        .isZero();
    assertThat(client.get("/webhook-subscriptions/stats").status()).isEqualTo(200);
    assertThat(client.delete(path).status()).isEqualTo(200);
    assertThat(client.get(path).status()).isEqualTo(404);
  }

  @Test
  void a_key_is_checked_where_the_vendors_clients_check_it() {
    assertThat(client.get("/api/users/").status()).isEqualTo(200);
    assertThat(client.withKey("pk_live_wrong").get("/api/users/").status()).isEqualTo(401);
    assertThat(client.withKey(null).get("/templates").status()).isEqualTo(401);
  }
}
