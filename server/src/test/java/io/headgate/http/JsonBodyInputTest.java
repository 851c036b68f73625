package io.headgate.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.headgate.batch.CancelMode;
import java.net.http.HttpRequest;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import tools.jackson.databind.JsonNode;

/** How JSON request bodies are read, and how errors in them are reported. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class JsonBodyInputTest {

  record Inner(int wholeNumber, @Nullable Boolean flag) {
    Inner {
      if (wholeNumber < 0) {
        throw new InvalidInputException("whole_number", "must not be negative");
      }
    }
  }

  record SampleInput(
      @Nullable String name,
      @Nullable Instant startAt,
      @Nullable CancelMode mode,
      @Nullable List<Inner> inner,
      @Nullable JsonNode anything) {}

  private HttpServer server;
  private TestClient client;

  @BeforeAll
  void start() {
    List<Operation> operations =
        List.of(
            new StubOperation(
                Route.post("/echo"),
                r ->
                    ApiResponse.json(
                        200,
                        r.jsonOr(
                            SampleInput.class, new SampleInput("none", null, null, null, null)))),
            new StubOperation(
                Route.post("/needed"), r -> ApiResponse.json(200, r.json(SampleInput.class))));
    RequestFilter refusing =
        (request, operation) -> {
          throw Problem.notFound().asException();
        };
    server =
        HttpServer.start(
            new HttpServer.ListenAddress("127.0.0.1", 0),
            List.of(Api.ofNative(operations, refusing)));
    client = new TestClient(server.port(), null);
  }

  @AfterAll
  void stop() {
    server.close();
  }

  @Test
  void an_invalid_field_is_named_by_its_pointer() {
    assertError(
        "{\"nam\":1}",
        "/nam",
        "is not a known field; known are: anything, inner, mode, name, start_at");
    assertError("{\"name\":1}", "/name", "must be a string");
    assertError(
        "{\"start_at\":\"tomorrow\"}",
        "/start_at",
        "must be an RFC 3339 time such as 2026-11-21T10:00:00Z");
    assertError(
        "{\"start_at\":5}", "/start_at", "must be an RFC 3339 time such as 2026-11-21T10:00:00Z");
    assertError("{\"mode\":\"stop\"}", "/mode", "must be one of drain, interrupt");
  }

  @Test
  void an_invalid_nested_field_is_named_by_its_pointer() {
    assertError("{\"mode\":0}", "/mode", "must be one of drain, interrupt");
    assertError("{\"inner\":{}}", "/inner", "must be an array");
    assertError(
        "{\"inner\":[{\"whole_number\":1.5}]}",
        "/inner/0/whole_number",
        "must be an integer of 32 bits");
    assertError(
        "{\"inner\":[{\"whole_number\":\"1\"}]}",
        "/inner/0/whole_number",
        "must be an integer of 32 bits");
    assertError(
        "{\"inner\":[{\"whole_number\":99999999999}]}",
        "/inner/0/whole_number",
        "must be an integer of 32 bits");
    assertError(
        "{\"inner\":[{\"whole_number\":null}]}",
        "/inner/0/whole_number",
        "must be an integer of 32 bits");
    assertError(
        "{\"inner\":[{\"whole_number\":1,\"flag\":\"true\"}]}",
        "/inner/0/flag",
        "must be true or false");
    assertError(
        "{\"inner\":[{\"whole_number\":-1}]}", "/inner/0/whole_number", "must not be negative");
    assertError("{\"name\":\"a\\u0000b\"}", "/name", "contains a character that cannot be stored");
    assertError("{\"name\":\"\\ud800\"}", "/name", "contains a character that cannot be stored");
    assertError("[]", "", "the body must be an object");
    assertError("7", "", "the body must be an object");
    assertError("{\"name\":\"a\",\"name\":\"b\"}", "", "a key is repeated at line 1, column 19");
    assertError("{\"name\":\"a\"} x", "", "the JSON is malformed at line 1, column 14");
    assertError("{\"name\":", "", "the JSON is malformed at line 1, column 9");
    assertError("{\"anything\":" + "[".repeat(100), "/anything", "nests deeper than 64 levels");
  }

  private void assertError(String body, String pointer, String message) {
    TestClient.HttpReply reply = client.post("/needed", body);
    assertThat(reply.status()).as(reply.text()).isEqualTo(400);
    assertThat(reply.header("Content-Type")).isEqualTo("application/problem+json");
    assertThat(reply.code()).isEqualTo("invalid-request");
    assertThat(reply.json().path("type").asString()).isEqualTo("/problems/invalid-request");
    assertThat(reply.json().path("errors").get(0).path("pointer").asString())
        .as(reply.text())
        .isEqualTo(pointer);
    assertThat(reply.json().path("errors").get(0).path("message").asString())
        .as(body)
        .isEqualTo(message);
  }

  @Test
  void valid_input_is_written_back_in_wire_format() {
    TestClient.HttpReply reply =
        client.post(
            "/echo",
            "{\"start_at\":\"2026-11-21T12:00:00+02:00\",\"mode\":\"drain\",\"inner\":[{\"whole_number\":3}]}");
    assertThat(reply.text())
        .isEqualTo(
            "{\"name\":null,\"start_at\":\"2026-11-21T10:00:00.000Z\",\"mode\":\"drain\","
                + "\"inner\":[{\"whole_number\":3,\"flag\":null}],\"anything\":null}");
  }

  @Test
  void an_optional_body_may_be_missing_with_any_content_type() {
    assertThat(client.post("/echo", null).json().path("name").asString()).isEqualTo("none");
    assertThat(client.post("/echo", "").json().path("name").asString()).isEqualTo("none");
    assertThat(client.post("/needed", "").status()).isEqualTo(400);
  }

  @Test
  void json_null_is_not_a_body() {
    assertError("null", "", "the body must not be null");
    assertThat(client.post("/echo", "null").status()).isEqualTo(400);
  }

  @Test
  void another_content_type_is_refused() {
    TestClient.HttpReply reply =
        client.send(
            HttpRequest.newBuilder(
                    java.net.URI.create("http://127.0.0.1:" + server.port() + "/needed"))
                .header("Content-Type", "text/plain")
                .POST(HttpRequest.BodyPublishers.ofString("{}")));
    assertThat(reply.status()).isEqualTo(415);
    assertThat(reply.code()).isEqualTo("unsupported-media-type");
  }

  @Test
  void a_compressed_body_is_refused() {
    // Over HTTP/1.1 Helidon refuses it before routing.
    TestClient.HttpReply reply = client.post("/needed", "{}", "Content-Encoding", "gzip");
    assertThat(reply.status()).isEqualTo(415);
    assertThat(reply.code()).isEqualTo("unsupported-media-type");
    assertThat(reply.header("X-Request-Id")).hasSize(36);
  }

  @Test
  void a_body_that_is_too_long_is_refused_and_the_server_keeps_running() {
    TestClient.HttpReply reply =
        client.post("/needed", "{\"name\":\"" + "x".repeat(Json.MAX_BYTES) + "\"}");
    assertThat(reply.status()).isEqualTo(413);
    assertThat(client.post("/echo", "{}").status()).isEqualTo(200);
  }
}
