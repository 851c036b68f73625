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
class DoorTest {

  private HttpServer server;
  private TestClient client;

  @BeforeAll
  void start() {
    Cursors cursors = new Cursors(new byte[] {1, 2, 3});
    List<Operation> operations =
        List.of(
            new StubOperation(Route.get("/things/{id}"), r -> thing(r.pathId("id"))),
            new StubOperation(
                Route.get("/things/special"), r -> Answer.json(200, Map.of("id", "special"))),
            new StubOperation(Route.delete("/things/{id}"), r -> Answer.empty(204)),
            new StubOperation(
                Route.get("/broken"),
                r -> {
                  throw new IllegalStateException("secret inside");
                }),
            new StubOperation(Route.get("/torn"), r -> Answer.stream("text/plain", DoorTest::tear)),
            new StubOperation(Route.get("/list"), r -> list(r, cursors)));
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
