package io.headgate.browser;

import static org.assertj.core.api.Assertions.assertThat;

import io.headgate.outbound.TargetCheck;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What the forward proxy passes on of HTTP heads, and which heads it refuses. */
@Timeout(30)
class ForwardProxyHeadsTest {

  private static final String OK =
      "HTTP/1.1 200 OK\r\nConnection: close\r\nContent-Length: 2\r\n\r\nok";

  private final ForwardProxy forwardProxy = ForwardProxy.open(new TargetCheck(true));
  private final VisitProxy visit = forwardProxy.openVisit(1_000_000, Optional.empty());
  private final CompletableFuture<String> received = new CompletableFuture<>();
  private final AtomicInteger connections = new AtomicInteger();
  private ServerSocket site;
  private volatile String response = OK;

  @BeforeEach
  void openSite() throws IOException {
    site = new ServerSocket(0, 5, InetAddress.getLoopbackAddress());
    Thread.ofVirtual().start(this::serve);
  }

  @AfterEach
  void close() throws IOException {
    visit.close();
    forwardProxy.close();
    site.close();
  }

  private void serve() {
    while (!site.isClosed()) {
      try (Socket connection = site.accept()) {
        connections.incrementAndGet();
        received.complete(head(connection.getInputStream()));
        connection.getOutputStream().write(response.getBytes(StandardCharsets.ISO_8859_1));
      } catch (IOException _) {
        // the test is over
      }
    }
  }

  private static String head(InputStream in) throws IOException {
    StringBuilder head = new StringBuilder();
    while (head.indexOf("\r\n\r\n") < 0) {
      int b = in.read();
      if (b < 0) {
        throw new IOException("the request ended early");
      }
      head.append((char) b);
    }
    return head.toString();
  }

  private String authority() {
    return "127.0.0.1:" + site.getLocalPort();
  }

  /** A GET request with these header lines, as a browser sends it to a proxy. */
  private String get(String... lines) {
    return "GET http://%s/a?b=1#c HTTP/1.1\r\nHost: %s\r\n%s\r\n"
        .formatted(
            authority(), authority(), lines.length == 0 ? "" : String.join("\r\n", lines) + "\r\n");
  }

  private String send(String request) throws IOException {
    return send(visit, request);
  }

  private static String send(VisitProxy visit, String request) throws IOException {
    URI proxy = URI.create(visit.address());
    try (Socket browser = new Socket(proxy.getHost(), proxy.getPort())) {
      browser.getOutputStream().write(request.getBytes(StandardCharsets.ISO_8859_1));
      return new String(browser.getInputStream().readAllBytes(), StandardCharsets.ISO_8859_1);
    }
  }

  @Test
  void the_target_is_passed_on_as_written_and_the_connection_is_closed_afterwards()
      throws Exception {
    assertThat(send(get("X-Kept: \u00c3\u0084\u0085"))).endsWith("\r\n\r\nok");

    assertThat(received.get())
        .startsWith("GET /a?b=1#c HTTP/1.1\r\nHost: " + authority() + "\r\n")
        .contains("\r\nX-Kept: \u00c3\u0084\u0085\r\n")
        .endsWith("\r\nConnection: close\r\n\r\n");
  }

  @Test
  void headers_named_in_connection_are_not_forwarded_to_the_site() throws Exception {
    send(
        get(
            "Connection: keep-alive, X-Hop",
            "connection: x-other",
            "X-Hop: 1",
            "X-OTHER: 2",
            "Keep-Alive: timeout=5",
            "TE: trailers",
            "Proxy-Connection: keep-alive",
            "X-End: 3"));

    assertThat(received.get())
        .contains("\r\nX-End: 3\r\n")
        .doesNotContainIgnoringCase(
            "X-Hop", "X-Other", "Keep-Alive", "TE: trailers", "Proxy-Connection");
  }

  @Test
  void headers_named_in_connection_are_not_forwarded_to_the_browser() throws Exception {
    response =
        "HTTP/1.1 200 OK\r\nConnection: close, X-Hop\r\nX-Hop: 1\r\nX-End: 2\r\n"
            + "Content-Length: 2\r\n\r\nok";

    assertThat(send(get())).contains("\r\nX-End: 2\r\n").doesNotContainIgnoringCase("X-Hop");
  }

  /** Without them the site and this proxy would disagree about where the message ends. */
  @Test
  void headers_that_frame_a_message_are_forwarded_even_if_named_in_connection() throws Exception {
    send(
        "POST http://%s/ HTTP/1.1\r\nHost: %s\r\n".formatted(authority(), authority())
            + "Connection: Content-Length, Host\r\nContent-Length: 2\r\n\r\nhi");

    assertThat(received.get()).contains("\r\nContent-Length: 2\r\n").contains("\r\nHost: ");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "X-Folded: a\r\n b",
        " X-Leading: a",
        "X-Bare: a\rX-Hidden: b",
        "X-Null: a\0b",
        "Content-Length: 2\r\nContent-Length: 2",
        "Content-Length: 2\r\nTransfer-Encoding: chunked",
        "Content-Length: +2",
        "Content-Length: 2, 2",
        "Transfer-Encoding: gzip",
        "Transfer-Encoding: chunked\r\nTransfer-Encoding: chunked",
        "Host: other.example",
        "X-Space : a",
        "X Space: a",
        "no colon",
        ": no name"
      })
  void a_malformed_request_is_refused_and_the_site_is_not_contacted(String lines) throws Exception {
    assertThat(send(get(lines))).startsWith("HTTP/1.1 400 Bad Request\r\n");
    assertThat(connections).hasValue(0);
  }

  @ParameterizedTest
  @ValueSource(strings = {"GET", "GET http://SITE/", "GET http://SITE/ HTTP/one", "G=T / HTTP/1.1"})
  void a_malformed_request_line_is_refused(String line) throws Exception {
    String request = line.replace("SITE", authority()) + "\r\nHost: x\r\n\r\n";

    assertThat(send(request)).startsWith("HTTP/1.1 400 Bad Request\r\n");
    assertThat(connections).hasValue(0);
  }

  @Test
  void a_response_that_is_not_http_is_reported_to_the_visit() throws Exception {
    response = "SSH-2.0-server\r\n\r\n";

    assertThat(send(get())).isEmpty();
    assertThat(visit.failure())
        .hasValueSatisfying(failed -> {
          assertThat(failed.code()).isEqualTo("invalid-response");
          assertThat(failed.message()).isEqualTo(authority() + " sent no valid HTTP response");
        });
  }

  @Test
  void a_response_with_two_lengths_is_forwarded_with_the_one_that_counts() throws Exception {
    response =
        """
        HTTP/1.1 200 OK
        Content-Length: 99
        Transfer-Encoding: chunked
        X-Folded: a
        \tb
        not a header

        2
        ok
        0

        """
            .replace("\n", "\r\n");

    assertThat(send(get()))
        .contains("\r\nTransfer-Encoding: chunked\r\n")
        .contains("\r\nX-Folded: a b\r\n")
        .doesNotContain("Content-Length", "not a header")
        .endsWith("\r\n\r\n2\r\nok\r\n0\r\n\r\n");
  }

  @Test
  void an_upstream_proxy_that_does_not_speak_http_is_reported_to_the_visit() throws Exception {
    response = "SSH-2.0-server\r\n\r\n";
    UpstreamProxy upstream = new UpstreamProxy("127.0.0.1", site.getLocalPort(), "");
    try (VisitProxy visit = forwardProxy.openVisit(1_000_000, Optional.of(upstream))) {
      String request = "CONNECT 127.0.0.1:1 HTTP/1.1\r\nHost: 127.0.0.1:1\r\n\r\n";

      assertThat(send(visit, request)).startsWith("HTTP/1.1 403 ");
      assertThat(visit.failure())
          .hasValueSatisfying(failed ->
              assertThat(failed.message())
                  .isEqualTo("the upstream proxy sent no valid HTTP response"));
    }
  }

  @Test
  void interim_responses_are_not_forwarded() throws Exception {
    response = "HTTP/1.1 103 Early Hints\r\nLink: </a>\r\n\r\n" + OK;

    assertThat(send(get())).startsWith("HTTP/1.1 200 OK\r\n").doesNotContain("103", "Link");
  }
}
