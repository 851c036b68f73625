package io.headgate.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.headgate.batch.CancelMode;
import io.headgate.batch.Ids;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.Function;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import tools.jackson.databind.JsonNode;

@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class DoorTest {

  record Inner(int wholeNumber, @Nullable Boolean flag) {
    Inner {
      if (wholeNumber < 0) {
        throw new InvalidInput("whole_number", "must not be negative");
      }
    }
  }

  record Sent(
      @Nullable String name,
      @Nullable Instant startAt,
      @Nullable CancelMode mode,
      @Nullable List<Inner> inner,
      @Nullable JsonNode anything) {}

  private record Fake(Route route, Function<Request, Answer> work) implements Operation.Open {
    @Override
    public Answer answer(Request request) {
      return work.apply(request);
    }
  }

  private HttpServer server;
  private TestClient client;

  @BeforeAll
  void start() {
    Cursors cursors = new Cursors(new byte[] {1, 2, 3});
    List<Operation> operations =
        List.of(
            new Fake(
                Route.post("/echo"),
                r ->
                    Answer.json(
                        200, r.jsonOr(Sent.class, new Sent("none", null, null, null, null)))),
            new Fake(Route.post("/needed"), r -> Answer.json(200, r.json(Sent.class))),
            new Fake(Route.get("/things/{id}"), r -> thing(r.pathId("id"))),
            new Fake(Route.get("/things/special"), r -> Answer.json(200, Map.of("id", "special"))),
            new Fake(Route.delete("/things/{id}"), r -> Answer.empty(204)),
            new Fake(
                Route.get("/broken"),
                r -> {
                  throw new IllegalStateException("secret inside");
                }),
            new Fake(Route.get("/torn"), r -> Answer.stream("text/plain", DoorTest::tear)),
            new Fake(Route.get("/list"), r -> list(r, cursors)));
    Gate closed =
        (request, operation) -> {
          throw Problem.notFound().asException();
        };
    server =
        HttpServer.start(
            new HttpServer.Address("127.0.0.1", 0), List.of(Door.ofNative(operations, closed)));
    client = new TestClient(server.port(), null);
  }

  private static Answer thing(UUID id) {
    if (id.equals(Ids.NOBODYS)) {
      throw Problem.notFound().asException();
    }
    return Answer.json(200, Map.of("id", id));
  }

  private static void tear(OutputStream out) throws IOException {
    out.write("half".getBytes(StandardCharsets.UTF_8));
    out.flush();
    throw new IllegalStateException("on purpose");
  }

  private static Answer list(Request request, Cursors cursors) {
    Page.Asked asked = Page.Asked.of(request, cursors);
    int from = asked.after() == null ? 0 : Integer.parseInt(asked.after()) + 1;
    List<Integer> rows = IntStream.range(from, 7).boxed().limit(asked.rows()).toList();
    return Answer.json(200, asked.of(rows, String::valueOf, row -> row));
  }

  @AfterAll
  void stop() {
    server.close();
  }

  @Test
  void a_port_that_is_taken_stops_the_start_and_says_so() {
    assertThatThrownBy(() ->
            HttpServer.start(new HttpServer.Address("127.0.0.1", server.port()), List.of()).close())
        .isInstanceOf(UncheckedIOException.class)
        .hasMessage("cannot listen on 127.0.0.1:" + server.port())
        .hasRootCauseMessage("Address already in use");
  }

  @Test
  void a_wrong_field_is_named_by_pointer() {
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
  void a_wrong_field_deep_inside_is_named_by_pointer() {
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
    TestClient.Reply reply = client.post("/needed", body);
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
  void what_is_read_right_comes_back_in_the_wire_s_own_words() {
    TestClient.Reply reply =
        client.post(
            "/echo",
            "{\"start_at\":\"2026-11-21T12:00:00+02:00\",\"mode\":\"drain\",\"inner\":[{\"whole_number\":3}]}");
    assertThat(reply.text())
        .isEqualTo(
            "{\"name\":null,\"start_at\":\"2026-11-21T10:00:00.000Z\",\"mode\":\"drain\","
                + "\"inner\":[{\"whole_number\":3,\"flag\":null}],\"anything\":null}");
  }

  @Test
  void an_optional_body_may_be_missing_whatever_the_content_type_says() {
    assertThat(client.post("/echo", null).json().path("name").asString()).isEqualTo("none");
    assertThat(client.post("/echo", "").json().path("name").asString()).isEqualTo("none");
    assertThat(client.post("/needed", "").status()).isEqualTo(400);
  }

  @Test
  void the_word_null_is_no_body() {
    assertError("null", "", "the body must not be null");
    assertThat(client.post("/echo", "null").status()).isEqualTo(400);
  }

  @Test
  void another_content_type_is_refused() {
    TestClient.Reply reply =
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
    TestClient.Reply reply = client.post("/needed", "{}", "Content-Encoding", "gzip");
    assertThat(reply.status()).isEqualTo(415);
    assertThat(reply.code()).isEqualTo("unsupported-media-type");
    assertThat(reply.header("X-Request-Id")).hasSize(36);
  }

  @Test
  void a_body_that_is_too_long_is_refused_and_the_server_goes_on() {
    TestClient.Reply reply =
        client.post("/needed", "{\"name\":\"" + "x".repeat(Json.MAX_BYTES) + "\"}");
    assertThat(reply.status()).isEqualTo(413);
    assertThat(client.post("/echo", "{}").status()).isEqualTo(200);
  }

  @Test
  void malformed_and_unknown_paths_answer_the_same_bytes() {
    TestClient.Reply malformed = client.get("/things/17");
    TestClient.Reply upperCase = client.get("/things/0199AAAA-0000-7000-8000-000000000000");
    TestClient.Reply nowhere = client.get("/nowhere");
    TestClient.Reply percent = client.get("/things/%2e%2e%2f");
    assertThat(malformed.status()).isEqualTo(404);
    assertThat(List.of(upperCase.text(), nowhere.text(), percent.text()))
        .containsOnly(malformed.text());
  }

  @Test
  void a_trailing_slash_is_tolerated_and_literals_come_before_parameters() {
    assertThat(client.get("/things/special").json().path("id").asString()).isEqualTo("special");
    assertThat(client.get("/things/0199aaaa-0000-7000-8000-000000000000/").status()).isEqualTo(200);
  }

  @Test
  void a_wrong_method_hears_which_ones_are_allowed() {
    TestClient.Reply reply = client.post("/things/0199aaaa-0000-7000-8000-000000000000", "{}");
    assertThat(reply.status()).isEqualTo(405);
    assertThat(reply.header("Allow")).isEqualTo("GET, HEAD, DELETE");
    assertThat(client.method("BREW", "/list").status()).isEqualTo(405);
  }

  @Test
  void an_exception_is_an_internal_problem_that_tells_nothing() {
    TestClient.Reply reply = client.get("/broken", "X-Request-Id", "abc-1");
    assertThat(reply.status()).isEqualTo(500);
    assertThat(reply.code()).isEqualTo("internal");
    assertThat(reply.text()).doesNotContain("secret inside", "abc-1");
    assertThat(reply.header("X-Request-Id")).isEqualTo("abc-1");
  }

  @Test
  void a_request_id_that_is_not_sane_is_replaced() {
    assertThat(client.get("/list", "X-Request-Id", "a b").header("X-Request-Id")).hasSize(36);
    assertThat(client.get("/list", "X-Request-Id", "x".repeat(129)).header("X-Request-Id"))
        .hasSize(36);
    assertThat(client.get("/list").header("X-Request-Id")).hasSize(36);
  }

  @Test
  void a_stream_that_breaks_off_is_not_mistaken_for_a_whole_one() {
    assertThatThrownBy(() -> client.get("/torn")).isInstanceOf(UncheckedIOException.class);
  }

  @Test
  void pages_follow_each_other_until_the_last() {
    TestClient.Reply first = client.get("/list?limit=4");
    assertThat(first.json().path("data").size()).isEqualTo(4);
    TestClient.Reply second =
        client.get("/list?limit=4&cursor=" + first.json().path("next_cursor").asString());
    assertThat(second.text()).isEqualTo("{\"data\":[4,5,6],\"next_cursor\":null}");
  }

  @Test
  void a_tampered_cursor_is_refused() {
    String cursor = client.get("/list?limit=4").json().path("next_cursor").asString();
    for (int i = 0; i < cursor.length(); i++) {
      String other = cursor.charAt(i) == 'A' ? "B" : "A";
      String tampered = cursor.substring(0, i) + other + cursor.substring(i + 1);
      assertThat(client.get("/list?cursor=" + tampered).status())
          .as("character " + i)
          .isEqualTo(400);
    }
    assertThat(client.get("/list?cursor=").status()).isEqualTo(400);
    assertThat(client.get("/list?cursor=%20%20").status()).isEqualTo(400);
  }

  @Test
  void limits_outside_their_span_are_refused() {
    for (String limit : List.of("0", "501", "-1", "%2B5", "x", "", "99999999999999999999")) {
      assertThat(client.get("/list?limit=" + limit).status()).as(limit).isEqualTo(400);
    }
  }

  @Test
  void what_is_no_http_gets_a_problem() throws IOException {
    assertRefused("GET /a b c HTTP/1.1");
    assertRefused("GET /list?limit=%zz HTTP/1.1\r\nHost: localhost\r\nConnection: close");
  }

  @Test
  void a_query_as_clients_write_it_is_no_reason_to_refuse_a_call_that_reads_none()
      throws IOException {
    for (String query : List.of("a[]=1", "x={}", "x=\"|^`", "x=%zz", "x=\u00fc", "=&&")) {
      assertThat(said("GET /things/special?" + query + " HTTP/1.1\r\nHost: a\r\nConnection: close"))
          .as(query)
          .startsWith("HTTP/1.1 200");
    }
  }

  @Test
  void http_2_is_spoken_too() throws IOException, InterruptedException {
    try (HttpClient http = HttpClient.newBuilder().version(HttpClient.Version.HTTP_2).build()) {
      HttpResponse<String> response =
          http.send(
              HttpRequest.newBuilder(
                      java.net.URI.create("http://127.0.0.1:" + server.port() + "/things/special"))
                  .build(),
              HttpResponse.BodyHandlers.ofString());
      assertThat(response.version()).isEqualTo(HttpClient.Version.HTTP_2);
      assertThat(response.body()).isEqualTo("{\"id\":\"special\"}");
    }
  }

  @Test
  void a_refusal_does_not_wait_for_the_whole_upload() throws IOException {
    try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), server.port())) {
      socket.setSoTimeout(10_000);
      String head =
          "POST /keyed HTTP/1.1\r\nHost: localhost\r\nContent-Length: 1000000000\r\n\r\n[";
      socket.getOutputStream().write(head.getBytes(StandardCharsets.US_ASCII));
      byte[] first = socket.getInputStream().readNBytes(12);
      assertThat(new String(first, StandardCharsets.US_ASCII)).isEqualTo("HTTP/1.1 404");
    }
  }

  private void assertRefused(String head) throws IOException {
    assertThat(said(head)).startsWith("HTTP/1.1 400").contains("\"code\":\"invalid-request\"");
  }

  /** Sends a request and returns everything the server sends until it closes the connection. */
  private String said(String head) throws IOException {
    try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), server.port())) {
      socket.setSoTimeout(10_000);
      socket.getOutputStream().write((head + "\r\n\r\n").getBytes(StandardCharsets.ISO_8859_1));
      return new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    }
  }
}
