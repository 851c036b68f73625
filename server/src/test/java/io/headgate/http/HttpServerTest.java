package io.headgate.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

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
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class HttpServerTest {

  private HttpServer server;
  private TestClient client;

  @BeforeAll
  void start() {
    PageCursors cursors = new PageCursors(new byte[] {1, 2, 3});
    List<Operation> operations =
        List.of(
            new StubOperation(Route.get("/things/{id}"), r -> getThing(r.pathId("id"))),
            new StubOperation(
                Route.get("/things/special"), r -> ApiResponse.json(200, Map.of("id", "special"))),
            new StubOperation(Route.delete("/things/{id}"), r -> ApiResponse.empty(204)),
            new StubOperation(
                Route.get("/broken"),
                r -> {
                  throw new IllegalStateException("secret inside");
                }),
            new StubOperation(
                Route.get("/torn"),
                r -> ApiResponse.stream("text/plain", HttpServerTest::failMidway)),
            new StubOperation(Route.get("/list"), r -> list(r, cursors)));
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

  private static ApiResponse getThing(UUID id) {
    if (id.equals(Ids.NIL)) {
      throw Problem.notFound().asException();
    }
    return ApiResponse.json(200, Map.of("id", id));
  }

  private static void failMidway(OutputStream out) throws IOException {
    out.write("half".getBytes(StandardCharsets.UTF_8));
    out.flush();
    throw new IllegalStateException("on purpose");
  }

  private static ApiResponse list(Request request, PageCursors cursors) {
    Page.PageQuery pageQuery = Page.PageQuery.of(request, cursors);
    int from = pageQuery.after() == null ? 0 : Integer.parseInt(pageQuery.after()) + 1;
    List<Integer> rows = IntStream.range(from, 7).boxed().limit(pageQuery.rowsToRead()).toList();
    return ApiResponse.json(200, pageQuery.of(rows, String::valueOf, row -> row));
  }

  @AfterAll
  void stop() {
    server.close();
  }

  @Test
  void a_port_in_use_fails_the_start_with_the_reason() {
    assertThatThrownBy(() ->
            HttpServer.start(new HttpServer.ListenAddress("127.0.0.1", server.port()), List.of())
                .close())
        .isInstanceOf(UncheckedIOException.class)
        .hasMessage("cannot listen on 127.0.0.1:" + server.port())
        .hasRootCauseMessage("Address already in use");
  }

  @Test
  void malformed_and_unknown_ids_get_the_same_response() {
    TestClient.HttpReply malformed = client.get("/things/17");
    TestClient.HttpReply upperCase = client.get("/things/0199AAAA-0000-7000-8000-000000000000");
    TestClient.HttpReply nowhere = client.get("/nowhere");
    TestClient.HttpReply percent = client.get("/things/%2e%2e%2f");
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
  void a_wrong_method_is_refused_with_the_allowed_ones() {
    TestClient.HttpReply reply = client.post("/things/0199aaaa-0000-7000-8000-000000000000", "{}");
    assertThat(reply.status()).isEqualTo(405);
    assertThat(reply.header("Allow")).isEqualTo("GET, HEAD, DELETE");
    assertThat(client.method("BREW", "/list").status()).isEqualTo(405);
  }

  @Test
  void an_exception_is_an_internal_problem_without_details() {
    TestClient.HttpReply reply = client.get("/broken", "X-Request-Id", "abc-1");
    assertThat(reply.status()).isEqualTo(500);
    assertThat(reply.code()).isEqualTo("internal");
    assertThat(reply.text()).doesNotContain("secret inside", "abc-1");
    assertThat(reply.header("X-Request-Id")).isEqualTo("abc-1");
  }

  @Test
  void an_invalid_request_id_is_replaced() {
    assertThat(client.get("/list", "X-Request-Id", "a b").header("X-Request-Id")).hasSize(36);
    assertThat(client.get("/list", "X-Request-Id", "x".repeat(129)).header("X-Request-Id"))
        .hasSize(36);
    assertThat(client.get("/list").header("X-Request-Id")).hasSize(36);
  }

  @Test
  void a_client_notices_a_stream_that_fails_midway() {
    assertThatThrownBy(() -> client.get("/torn")).isInstanceOf(UncheckedIOException.class);
  }

  @Test
  void cursors_lead_from_page_to_page_until_the_last() {
    TestClient.HttpReply first = client.get("/list?limit=4");
    assertThat(first.json().path("data").size()).isEqualTo(4);
    TestClient.HttpReply second =
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
  void limits_out_of_range_are_refused() {
    for (String limit : List.of("0", "501", "-1", "%2B5", "x", "", "99999999999999999999")) {
      assertThat(client.get("/list?limit=" + limit).status()).as(limit).isEqualTo(400);
    }
  }

  @Test
  void invalid_http_gets_a_problem() throws IOException {
    assertBadRequest("GET /a b c HTTP/1.1");
    assertBadRequest("GET /list?limit=%zz HTTP/1.1\r\nHost: localhost\r\nConnection: close");
  }

  @Test
  void an_invalid_query_is_ignored_by_operations_that_read_none() throws IOException {
    for (String query : List.of("a[]=1", "x={}", "x=\"|^`", "x=%zz", "x=\u00fc", "=&&")) {
      assertThat(
              exchange(
                  "GET /things/special?" + query + " HTTP/1.1\r\nHost: a\r\nConnection: close"))
          .as(query)
          .startsWith("HTTP/1.1 200");
    }
  }

  @Test
  void http_2_is_supported() throws IOException, InterruptedException {
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
  void a_refusal_is_sent_before_the_upload_ends() throws IOException {
    try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), server.port())) {
      socket.setSoTimeout(10_000);
      String head =
          "POST /keyed HTTP/1.1\r\nHost: localhost\r\nContent-Length: 1000000000\r\n\r\n[";
      socket.getOutputStream().write(head.getBytes(StandardCharsets.US_ASCII));
      byte[] first = socket.getInputStream().readNBytes(12);
      assertThat(new String(first, StandardCharsets.US_ASCII)).isEqualTo("HTTP/1.1 404");
    }
  }

  private void assertBadRequest(String head) throws IOException {
    assertThat(exchange(head)).startsWith("HTTP/1.1 400").contains("\"code\":\"invalid-request\"");
  }

  /** Sends a request and returns everything the server sends until it closes the connection. */
  private String exchange(String head) throws IOException {
    try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), server.port())) {
      socket.setSoTimeout(10_000);
      socket.getOutputStream().write((head + "\r\n\r\n").getBytes(StandardCharsets.ISO_8859_1));
      return new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    }
  }
}
