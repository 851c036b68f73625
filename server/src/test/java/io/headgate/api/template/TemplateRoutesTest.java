package io.headgate.api.template;

import static org.assertj.core.api.Assertions.assertThat;

import io.headgate.access.RateLimits;
import io.headgate.api.admin.AdminTestServer;
import io.headgate.http.TestClient;
import io.headgate.http.TestClient.HttpReply;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import tools.jackson.databind.JsonNode;

/** Tests {@code /v1/templates}. Every response is checked against the OpenAPI description. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class TemplateRoutesTest {

  private static final String CARD =
      """
      {"name":"Card","html":"<h1>{{title}}</h1>{{#each items}}{{this}}{{/each}}","tags":["a"],
       "variable_definitions":[{"name":"title","type":"text","validation":{"required":true,"max_length":9}}],
       "layouts":{"story":{"name":"Story","width":1080,"height":1920,"html":"<b>{{title}}</b>"},
                  "wide":{"width":10,"height":20}}}
      """;

  private AdminTestServer server;
  private TestClient client;

  @BeforeAll
  void open() {
    server = new AdminTestServer(new RateLimits(0, 0));
    client = server.client;
  }

  @AfterAll
  void close() {
    server.close();
  }

  private JsonNode created() {
    HttpReply created = client.post("/v1/templates", CARD);
    assertThat(created.status()).as(created.text()).isEqualTo(201);
    assertThat(created.header("Location"))
        .isEqualTo("/v1/templates/" + created.json().path("id").asString());
    return created.json();
  }

  private static String path(JsonNode template) {
    return "/v1/templates/" + template.path("id").asString();
  }

  @Test
  void a_template_is_created_shown_listed_and_deleted() {
    JsonNode created = created();
    assertThat(created.path("version").intValue()).isEqualTo(1);
    assertThat(created.path("width").intValue()).isEqualTo(1200);
    assertThat(created.path("variables").toString()).isEqualTo("[\"title\",\"items\"]");
    assertThat(created.path("layouts").propertyNames()).containsExactly("story", "wide");
    assertThat(created.at("/layouts/wide/name").asString()).isEqualTo("wide");
    assertThat(client.get(path(created)).json()).isEqualTo(created);
    assertThat(client.get("/v1/templates/" + created.path("uid").asString()).json())
        .isEqualTo(created);
    JsonNode listed = client.get("/v1/templates?limit=1").json().path("data").get(0);
    assertThat(listed.path("id")).isEqualTo(created.path("id"));
    assertThat(listed.has("html")).isFalse();
    assertThat(client.delete(path(created)).status()).isEqualTo(204);
    assertThat(client.delete(path(created)).status()).isEqualTo(404);
    assertThat(client.get(path(created)).status()).isEqualTo(404);
  }

  @Test
  void variables_are_shown_with_their_definitions() {
    JsonNode shown = client.get(path(created()) + "/variables").json();
    assertThat(shown.at("/variable_definitions/0/validation").toString())
        .isEqualTo("{\"required\":true,\"min_length\":null,\"max_length\":9}");
    assertThat(shown.at("/variable_definitions/1/type").asString()).isEqualTo("array");
    assertThat(shown.at("/variable_definitions/1/declared").booleanValue()).isFalse();
  }

  @Test
  void a_template_is_replaced_by_a_new_version() {
    JsonNode created = created();
    HttpReply replaced = client.put(path(created), "{\"name\":\"Other\",\"html\":\"{{x}}\"}");
    assertThat(replaced.status()).isEqualTo(200);
    assertThat(replaced.json().path("version").intValue()).isEqualTo(2);
    assertThat(replaced.json().path("variables").toString()).isEqualTo("[\"x\"]");
    JsonNode versions = client.get(path(created) + "/versions?limit=1").json();
    assertThat(versions.at("/data/0/version").intValue()).isEqualTo(2);
    String next = versions.path("next_cursor").asString();
    JsonNode rest = client.get(path(created) + "/versions?limit=1&cursor=" + next).json();
    assertThat(rest.at("/data/0/version").intValue()).isEqualTo(1);
    assertThat(preview(created, "{\"version\":1,\"variables\":{\"title\":\"A\"}}").text())
        .isEqualTo("<h1>A</h1>");
  }

  private HttpReply preview(JsonNode template, String body) {
    return client.post(path(template) + "/preview", body);
  }

  @Test
  void a_preview_is_sandboxed_and_sent_as_a_download() {
    HttpReply reply =
        preview(created(), "{\"variables\":{\"title\":\"<script>\",\"items\":[1,2]}}");
    assertThat(reply.text()).isEqualTo("<h1>&lt;script&gt;</h1>12");
    assertThat(reply.header("Content-Type")).isEqualTo("text/html; charset=utf-8");
    assertThat(reply.header("Content-Security-Policy")).startsWith("sandbox;");
    assertThat(reply.header("Content-Disposition")).startsWith("attachment;");
    assertThat(reply.header("X-Content-Type-Options")).isEqualTo("nosniff");
    assertThat(preview(created(), "{\"layout\":\"story\",\"variables\":{\"title\":\"B\"}}").text())
        .isEqualTo("<b>B</b>");
  }

  @Test
  void a_refused_preview_names_the_invalid_field() {
    JsonNode created = created();
    assertRefused(client.post(path(created) + "/preview", ""), "/variables/title");
    assertRefused(
        preview(created, "{\"variables\":{\"title\":\"1234567890\"}}"), "/variables/title");
    assertRefused(
        preview(created, "{\"layout\":\"nope\",\"variables\":{\"title\":\"\"}}"), "/layout");
    assertRefused(preview(created, "{\"version\":7}"), "/version");
    assertRefused(preview(created, "{\"variables\":[]}"), "/variables");
  }

  private static void assertRefused(HttpReply reply, String pointer) {
    assertThat(reply.status()).as(reply.text()).isEqualTo(400);
    assertThat(reply.json().at("/errors/0/pointer").asString()).as(reply.text()).isEqualTo(pointer);
  }

  @Test
  void an_invalid_template_is_refused_with_field_and_line() {
    for (String body :
        List.of("{}", "{\"name\":\"x\"}", "{\"html\":\"x\"}", "{\"name\":\"x\",\"html\":null}")) {
      assertThat(client.post("/v1/templates", body).status()).as(body).isEqualTo(400);
    }
    HttpReply helper =
        client.post("/v1/templates", "{\"name\":\"x\",\"html\":\"a\\n{{shout b}}\"}");
    assertRefused(helper, "/html");
    assertThat(helper.json().at("/errors/0/message").asString())
        .isEqualTo("line 2: {{shout b}}: there is no helper or function shout");
    assertRefused(
        client.post(
            "/v1/templates", "{\"name\":\"x\",\"html\":\"x\",\"width\":20000,\"height\":20000}"),
        "/width");
    assertRefused(
        client.post("/v1/templates", "{\"name\":\"x\",\"html\":\"" + "x".repeat(500_001) + "\"}"),
        "/html");
    assertRefused(
        client.post("/v1/templates", "{\"name\":\"x\",\"html\":\"x\",\"tags\":[null]}"), "/tags");
    assertRefused(
        client.post(
            "/v1/templates", "{\"name\":\"x\",\"html\":\"x\",\"layouts\":{\"a\":{\"width\":1}}}"),
        "/layouts/a/height");
  }

  @Test
  void templates_of_another_account_are_unknown() {
    JsonNode created = created();
    JsonNode account = client.post("/v1/accounts", "{\"name\":\"other\"}").json();
    TestClient other =
        client.withKey(
            server.newKey(
                client, "other", ",\"account_id\":\"" + account.path("id").asString() + "\""));
    String unknown = other.get("/v1/templates/00000000-0000-7000-8000-000000000000").text();
    for (String name :
        List.of(created.path("id").asString(), created.path("uid").asString(), "x")) {
      String path = "/v1/templates/" + name;
      assertThat(other.get(path).text()).isEqualTo(unknown);
      assertThat(other.get(path + "/versions").text()).isEqualTo(unknown);
      assertThat(other.get(path + "/variables").text()).isEqualTo(unknown);
      assertThat(other.put(path, CARD).text()).isEqualTo(unknown);
      assertThat(other.post(path + "/preview", "{}").text()).isEqualTo(unknown);
      assertThat(other.delete(path).text()).isEqualTo(unknown);
    }
    assertThat(other.get("/v1/templates").json().path("data").isEmpty()).isTrue();
    assertThat(client.get(path(created)).status()).isEqualTo(200);
  }

  @Test
  void a_repeated_request_makes_one_template() {
    HttpReply first = client.post("/v1/templates", CARD, "Idempotency-Key", "t1");
    HttpReply second = client.post("/v1/templates", CARD, "Idempotency-Key", "t1");
    assertThat(second.text()).isEqualTo(first.text());
    assertThat(second.header("Idempotency-Replayed")).isEqualTo("true");
  }
}
