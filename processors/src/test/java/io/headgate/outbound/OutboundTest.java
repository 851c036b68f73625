package io.headgate.outbound;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.InetAddress;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(30)
class OutboundTest extends OutboundCase {

  @Test
  void a_page_arrives_with_status_headers_and_body() throws Exception {
    site.page("/a", "text/html; charset=utf-8", "<p>hällo");
    OutboundResult.Response response = response(get(site.url("/a")));
    assertThat(response.status()).isEqualTo(200);
    assertThat(response.mediaType()).isEqualTo("text/html");
    assertThat(new String(response.body(), StandardCharsets.UTF_8)).isEqualTo("<p>hällo");
    assertThat(response.finalUrl()).isEqualTo(site.url("/a"));
  }

  @Test
  void connections_are_reused() throws Exception {
    Set<Integer> ports = ConcurrentHashMap.newKeySet();
    site.page(
        "/",
        exchange -> {
          ports.add(exchange.getRemoteAddress().getPort());
          Site.answer(exchange, 200, Map.of("Content-Encoding", "gzip"), gzip("x".repeat(5_000)));
        });
    for (int i = 0; i < 50; i++) {
      response(get(site.url("/" + i)));
    }
    assertThat(ports).hasSize(1);
  }

  @Test
  void a_name_that_changes_its_address_between_check_and_connect_gets_no_connection()
      throws Exception {
    try (RawServer inside = new RawServer(out -> RawServer.write(out, "HTTP/1.1 200 OK\r\n\r\n"))) {
      AtomicInteger asked = new AtomicInteger();
      // Public at first, internal from the second lookup on: a second lookup would connect there.
      Resolver changing =
          host ->
              List.of(
                  asked.incrementAndGet() == 1
                      ? InetAddress.ofLiteral("203.0.114.1")
                      : InetAddress.getLoopbackAddress());
      String port = inside.url().replaceFirst(".*:(\\d+)/", "$1");
      String url = "http://rebind.example:" + port + "/";
      try (Outbound strict = new Outbound(new TargetCheck(false, changing), NOON)) {
        OutboundResult first =
            strict.send(request(url), limits().withTotal(Duration.ofMillis(500)));
        assertThat(failed(first).error()).isIn(OutboundError.TIMEOUT, OutboundError.CONNECT);
        assertThat(asked).hasValue(1);
        assertThat(failed(strict.send(request(url), limits())).code()).isEqualTo("target-refused");
      }
      assertThat(inside.connections).hasValue(0);
    }
  }

  @Test
  void the_connection_goes_to_the_resolved_address_and_keeps_the_host_name() throws Exception {
    site.page("/", e -> Site.answer(e, 200, Map.of(), e.getRequestHeaders().getFirst("Host")));
    Resolver pinned = host -> List.of(InetAddress.getLoopbackAddress());
    try (Outbound named = new Outbound(new TargetCheck(true, pinned), NOON)) {
      String url = "http://shop.example:" + site.port() + "/";
      assertThat(response(named.send(request(url), limits())).body())
          .asString()
          .isEqualTo("shop.example:" + site.port());
    }
  }

  @Test
  void the_second_address_is_tried_when_the_first_does_not_listen() throws Exception {
    site.page("/", "text/plain", "here");
    Resolver two =
        host -> List.of(InetAddress.ofLiteral("127.9.9.9"), InetAddress.getLoopbackAddress());
    try (Outbound named = new Outbound(new TargetCheck(true, two), NOON)) {
      String url = "http://two.example:" + site.port() + "/";
      assertThat(response(named.send(request(url), limits())).status()).isEqualTo(200);
    }
  }

  @Test
  void a_body_of_the_limit_passes_and_one_byte_more_does_not() throws Exception {
    site.page("/10", "text/plain", "0123456789");
    OutboundLimits ten = limits().withMaxBytes(10);
    assertThat(response(outbound.send(request(site.url("/10")), ten)).body()).hasSize(10);
    OutboundLimits nine = limits().withMaxBytes(9);
    assertThat(failed(outbound.send(request(site.url("/10")), nine)).code()).isEqualTo("too-large");
  }

  @ParameterizedTest
  @ValueSource(strings = {"gzip", "x-gzip", "deflate", "gzip, gzip", "identity", "GZIP"})
  void a_compressed_body_is_unpacked(String encoding) throws Exception {
    byte[] body = "hello".getBytes(StandardCharsets.UTF_8);
    for (String layer : encoding.toLowerCase(java.util.Locale.ROOT).split(", ", -1)) {
      body = pack(layer, body);
    }
    byte[] packed = body;
    site.page("/", e -> Site.answer(e, 200, Map.of("Content-Encoding", encoding), packed));
    assertThat(response(get(site.url("/"))).body()).asString().isEqualTo("hello");
  }

  @ParameterizedTest
  @CsvSource({
    "7, PT7S",
    "'Sat, 21 Nov 2026 12:01:30 GMT', PT1M30S",
    "'Sat, 21 Nov 2026 11:00:00 GMT', PT0S",
    "99999999, PT168H",
    "99999999999999999999999, PT168H",
    "'Fri, 31 Dec 9999 23:59:59 GMT', PT168H",
    "-1, ",
    "soon, "
  })
  void retry_after_is_read_in_seconds_and_as_a_date(String value, Duration wait) throws Exception {
    site.page("/", e -> Site.answer(e, 503, Map.of("Retry-After", value), ""));
    OutboundResult.Response response = response(get(site.url("/")));
    assertThat(response.retryAfter().orElse(null)).isEqualTo(wait);
    assertThat(response.retryable()).isTrue();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"Host", "content-length", "Transfer-Encoding", "Proxy-Authorization", "a b", ""})
  void headers_that_control_the_connection_are_refused(String name) {
    assertThatThrownBy(() -> OutboundRequest.get("http://x/", Map.of(name, "1")))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @ParameterizedTest
  @ValueSource(strings = {"a\r\nX-Evil: 1", "a\nb", "a\u0000b", "日本"})
  void header_values_that_would_break_the_line_are_refused(String value) {
    assertThatThrownBy(() -> OutboundRequest.get("http://x/", Map.of("X-A", value)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageNotContaining(value);
  }
}
