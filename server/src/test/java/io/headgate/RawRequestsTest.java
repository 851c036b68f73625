package io.headgate;

import static org.assertj.core.api.Assertions.assertThat;

import io.headgate.http.TestClient;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.SocketException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Requests that no HTTP client sends: ambiguous or invalid headers, framing and paths. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class RawRequestsTest {

  private static final Pattern STATUS = Pattern.compile("HTTP/1\\.1 ([0-9]{3})");
  private static final String SMUGGLED = "GET /v1/keys HTTP/1.1\r\nHost: x\r\n\r\n";

  private final LiveServer server = new LiveServer();
  private final String authorization =
      server.client.request("/").build().headers().firstValue("Authorization").orElseThrow();

  @AfterAll
  void stop() {
    server.close();
  }

  /** Returns the responses that the server sends until it closes the connection. */
  private String send(String request) throws IOException {
    int port = server.client.request("/").build().uri().getPort();
    try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
      socket.setSoTimeout(10_000);
      StringBuilder responses = new StringBuilder();
      try {
        socket.getOutputStream().write(request.getBytes(StandardCharsets.ISO_8859_1));
        byte[] some = new byte[8192];
        int count = socket.getInputStream().read(some);
        while (count >= 0) {
          responses.append(new String(some, 0, count, StandardCharsets.UTF_8));
          count = socket.getInputStream().read(some);
        }
      } catch (SocketException e) {
        // The server closed the connection before reading everything.
      }
      return responses.toString();
    }
  }

  private String get(String path, String headers) throws IOException {
    return send(
        "GET "
            + path
            + " HTTP/1.1\r\nHost: localhost\r\nAuthorization: "
            + authorization
            + "\r\n"
            + headers
            + "Connection: close\r\n\r\n");
  }

  private static List<Integer> statuses(String responses) {
    return STATUS
        .matcher(responses)
        .results()
        .map((MatchResult match) -> Integer.valueOf(match.group(1)))
        .toList();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "X: a\r\n b\r\n",
        "X: a\r\n\tb\r\n",
        " X: a\r\n",
        "X : a\r\n",
        "X\r\n",
        "X: a\nY: b\r\n",
        "X: a\rY: b\r\n",
        "X: \u0000\r\n",
        "X\u0000: a\r\n",
        "X(: a\r\n",
        "Host: other\r\n",
        "Content-Length: 5\r\nContent-Length: 6\r\n",
        "Content-Length: 5, 5\r\n",
        "Content-Length: -1\r\n",
        "Content-Length: +5\r\n",
        "Content-Length: 99999999999999999999\r\n",
        "Content-Length: abc\r\n",
        "Content-Length: 5\r\nTransfer-Encoding: chunked\r\n",
        "Transfer-Encoding: xchunked\r\n",
        "Transfer-Encoding: chunked, identity\r\n",
        "Transfer-Encoding: chunked\r\nTransfer-Encoding: identity\r\n",
        "Transfer-Encoding:\u000bchunked\r\n",
        "Upgrade: h2c\r\nHTTP2-Settings: !\r\nConnection: Upgrade, HTTP2-Settings\r\n",
        "Authorization: Bearer hg_other\r\n",
      })
  void an_ambiguous_header_is_refused(String headers) throws IOException {
    assertThat(statuses(get("/v1/account", headers))).containsExactly(400);
  }

  @Test
  void headers_that_are_too_long_are_refused() throws IOException {
    assertThat(statuses(get("/v1/account", "X: " + "a".repeat(100_000) + "\r\n")))
        .isIn(List.of(400), List.of());
    assertThat(statuses(get("/v1/account", "X: a\r\n".repeat(20_000))))
        .isIn(List.of(400), List.of());
    assertThat(server.client.get("/v1/account").status()).isEqualTo(200);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "GET /v1/account HTTP/1.0\r\n\r\n",
        "GET /v1/account HTTP/9.9\r\nHost: x\r\n\r\n",
        "GET /v1/account\r\n\r\n",
        "GET  /v1/account HTTP/1.1\r\nHost: x\r\n\r\n",
        "G@T /v1/account HTTP/1.1\r\nHost: x\r\n\r\n",
        "GET /v1/account HTTP/1.1\r\n\r\n",
        "GET /v1/account HTTP/1.1\r\nHost: \r\n\r\n",
        "GET /v1/account HTTP/1.1\r\nHost: a b\r\n\r\n",
        "GET /v1/account HTTP/1.1\r\nHost: a/../b\r\n\r\n",
        "GET /v1/account HTTP/1.1\r\nHost: a\r\nHost: b\r\n\r\n",
        "\u0016\u0003\u0001\u0002\u0000\u0001\n",
      })
  void an_invalid_request_gets_a_problem(String request) throws IOException {
    String response = send(request);
    assertThat(statuses(response)).containsExactly(400);
    assertThat(response).contains("application/problem+json", "\"code\":\"invalid-request\"");
  }

  @Test
  void a_first_line_that_is_too_long_is_refused_and_a_long_one_accepted() throws IOException {
    assertThat(statuses(get("/" + "a/".repeat(5_000), ""))).containsExactly(404);
    assertThat(statuses(get("/v1/batches?name=" + "a".repeat(12_000), ""))).containsExactly(200);
    assertThat(statuses(get("/" + "a".repeat(20_000), ""))).isIn(List.of(400), List.of());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/v1/%2e%2e/v1/account",
        "/%2e%2e/%2e%2e/etc/passwd",
        "/../../etc/passwd",
        "/v1/%2Faccount",
        "/v1/account%00",
        "/v1/account%00.yaml",
        "/v1/batches/..%2f..%2fetc",
        "/v1/batches/%c0%ae%c0%ae",
        "/v1/batches/.%00./x",
        "/openapi.yaml/../../pom.xml",
        "/problems/..%2f..%2fopenapi",
        "/problems/%3Cscript%3E",
        "/v1/\\account",
        "/v1/account%",
        "/v1/account%zz",
        "/v1/acc\u0001ount",
        "/problems/<script>",
        "*",
        "v1/account",
      })
  void a_path_cannot_leave_the_api(String path) throws IOException {
    String response = get(path, "");
    assertThat(statuses(response)).hasSize(1).first().isIn(400, 404);
    assertThat(response).contains("application/problem+json").doesNotContain("<script>", "root:");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "//v1//account",
        "/v1/./account",
        "/v1/x/../account",
        "/v1/account;jsessionid=1",
        "/v1%2faccount",
        "http://elsewhere.example/v1/account",
        "http://127.0.0.1/v1/account",
      })
  void other_forms_of_a_path_need_the_same_key(String path) throws IOException {
    assertThat(statuses(get(path, ""))).first().isIn(200, 404);
    String anonymous =
        send("GET " + path + " HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n");
    assertThat(statuses(anonymous)).first().isIn(401, 404);
  }

  static Stream<String> ambiguousFraming() {
    return Stream.of(
        "Content-Length: 6\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n" + SMUGGLED,
        "Transfer-Encoding: chunked\r\nContent-Length: 4\r\n\r\n2c\r\n"
            + SMUGGLED
            + "\r\n0\r\n\r\n",
        "Transfer-Encoding: xchunked\r\nContent-Length: 2\r\n\r\n{}" + SMUGGLED,
        "Transfer-Encoding : chunked\r\nContent-Length: 2\r\n\r\n{}" + SMUGGLED,
        "Content-Length: 2\r\nContent-Length: 5\r\n\r\n{}" + SMUGGLED,
        "Transfer-Encoding: chunked\r\n\r\nzz\r\n{}\r\n0\r\n\r\n" + SMUGGLED,
        "Transfer-Encoding: chunked\r\n\r\n-2\r\n{}\r\n0\r\n\r\n" + SMUGGLED,
        "Transfer-Encoding: chunked\r\n\r\nffffffffffffffffff\r\n{}\r\n0\r\n\r\n" + SMUGGLED,
        "Transfer-Encoding: chunked\r\n\r\n2;" + "x".repeat(100_000) + "\r\n{}\r\n0\r\n\r\n",
        "Transfer-Encoding: chunked\r\n\r\n2\r\n{}\r\n0\r\nX: " + "y".repeat(100_000) + "\r\n\r\n");
  }

  @ParameterizedTest
  @MethodSource("ambiguousFraming")
  void a_second_request_cannot_be_smuggled_in(String rest) throws IOException {
    String responses =
        send(
            "POST /v1/accounts HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\n"
                + "Authorization: "
                + authorization
                + "\r\n"
                + rest);
    assertThat(statuses(responses)).isIn(List.of(400), List.of());
    assertThat(server.client.get("/v1/account").status()).isEqualTo(200);
  }

  @Test
  void a_connection_is_closed_after_connection_close() throws IOException {
    String response = get("/v1/account", "");
    assertThat(statuses(response)).containsExactly(200);
    assertThat(response).containsIgnoringCase("Connection: close");
  }

  @Test
  void head_gets_headers_without_a_body() throws IOException {
    String batch = server.submit("worker", 1, "");
    for (String path :
        List.of(
            "/v1/account",
            "/v1/batches/" + batch,
            "/v1/batches/" + batch + "/events",
            "/v1/batches/" + batch + "/results?follow=true",
            "/openapi.yaml")) {
      String response =
          send(
              "HEAD "
                  + path
                  + " HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n"
                  + "Authorization: "
                  + authorization
                  + "\r\n\r\n");
      assertThat(statuses(response)).as(path).containsExactly(200);
      assertThat(response).as(path).endsWith("\r\n\r\n").contains("Content-Type: ");
    }
    String keyless = "HEAD /v1/account HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n";
    assertThat(statuses(send(keyless))).containsExactly(401);
  }

  @Test
  void deep_and_large_json_is_refused_and_not_stored() {
    TestClient client = server.client;
    String deep = "{\"a\":".repeat(100_000);
    String huge = "{\"name\":\"" + "x".repeat(17_000_000) + "\"}";
    for (String path : List.of("/v1/accounts", "/v1/keys", "/v1/batches", "/v1/batches/cancel")) {
      assertThat(client.post(path, deep).status()).as(path).isEqualTo(400);
      assertThat(client.post(path, "[".repeat(100_000)).status()).as(path).isEqualTo(400);
      assertThat(client.post(path, huge).status()).as(path).isIn(400, 413);
    }
    String digits = "9".repeat(100_000);
    String number = "{\"processor\":\"worker\",\"priority\":" + digits + ",\"items\":[\"a\"]}";
    assertThat(client.post("/v1/batches", number).status()).isEqualTo(400);
    assertThat(client.get("/v1/batches").json().path("data").size()).isLessThan(2);
  }

  @Test
  void no_path_serves_a_local_file() throws IOException {
    Path here = Files.createTempFile(Path.of("target"), "secret", ".txt");
    Files.writeString(here, "content of a local file");
    for (String path : List.of("/" + here, "/" + here.toAbsolutePath(), "/target/../" + here)) {
      assertThat(get(path, "")).doesNotContain("content of a local file");
    }
    Files.delete(here);
  }
}
