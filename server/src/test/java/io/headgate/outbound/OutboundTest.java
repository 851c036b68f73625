package io.headgate.outbound;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.zip.DeflaterOutputStream;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(30)
class OutboundTest {

  private static final InstantSource NOON =
      InstantSource.fixed(Instant.parse("2026-11-21T12:00:00Z"));

  private final Site site = new Site();
  private final Outbound outbound = new Outbound(new Targets(true), NOON);

  @AfterEach
  void close() {
    outbound.close();
    site.close();
  }

  @Test
  void a_page_arrives_with_status_headers_and_body() throws Exception {
    site.page("/a", "text/html; charset=utf-8", "<p>hällo");
    Answer.Response response = response(get(site.url("/a")));
    assertThat(response.status()).isEqualTo(200);
    assertThat(response.mediaType()).isEqualTo("text/html");
    assertThat(new String(response.body(), StandardCharsets.UTF_8)).isEqualTo("<p>hällo");
    assertThat(response.finalUrl()).isEqualTo(site.url("/a"));
  }

  @Test
  void connections_are_used_again() throws Exception {
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
  void a_name_that_changes_its_answer_between_check_and_connect_gets_no_connection()
      throws Exception {
    try (RawServer inside = new RawServer(out -> RawServer.write(out, "HTTP/1.1 200 OK\r\n\r\n"))) {
      AtomicInteger asked = new AtomicInteger();
      // Public first, inside from the second question on: whoever asks twice connects inside.
      Resolver changing =
          host ->
              List.of(
                  asked.incrementAndGet() == 1
                      ? InetAddress.ofLiteral("203.0.114.1")
                      : InetAddress.getLoopbackAddress());
      String port = inside.url().replaceFirst(".*:(\\d+)/", "$1");
      String url = "http://rebind.example:" + port + "/";
      try (Outbound strict = new Outbound(new Targets(false, changing), NOON)) {
        Answer first = strict.send(request(url), limits().withTotal(Duration.ofMillis(500)));
        assertThat(failed(first).trouble()).isIn(Trouble.TIMEOUT, Trouble.CONNECT);
        assertThat(asked).hasValue(1);
        assertThat(failed(strict.send(request(url), limits())).code()).isEqualTo("target-refused");
      }
      assertThat(inside.connections).hasValue(0);
    }
  }

  @Test
  void the_connection_goes_to_the_address_the_resolver_said_and_keeps_the_host_name()
      throws Exception {
    site.page("/", e -> Site.answer(e, 200, Map.of(), e.getRequestHeaders().getFirst("Host")));
    Resolver pinned = host -> List.of(InetAddress.getLoopbackAddress());
    try (Outbound named = new Outbound(new Targets(true, pinned), NOON)) {
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
    try (Outbound named = new Outbound(new Targets(true, two), NOON)) {
      String url = "http://two.example:" + site.port() + "/";
      assertThat(response(named.send(request(url), limits())).status()).isEqualTo(200);
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "http://127.0.0.1:%d/secret",
        "//127.0.0.1:%d/secret",
        "http://[::ffff:7f00:1]:%d/secret",
        "http://inside.example:%d/secret"
      })
  void a_redirect_to_a_refused_address_is_refused(String location) throws Exception {
    AtomicInteger reached = new AtomicInteger();
    site.page("/secret", e -> Site.answer(e, 200, Map.of(), "" + reached.incrementAndGet()));
    // 127.0.0.2 plays the internet; every other address is judged as always.
    InetAddress internet = InetAddress.ofLiteral("127.0.0.2");
    Targets guard =
        new Targets(
            address -> address.equals(internet) ? Optional.empty() : Addresses.objection(address),
            host -> List.of(InetAddress.getLoopbackAddress()));
    try (Site outside = new Site(internet);
        Outbound guarded = new Outbound(guard, NOON)) {
      outside.redirect("/start", location.formatted(site.port()));
      String start = "http://127.0.0.2:" + outside.port() + "/start";
      assertThat(failed(guarded.send(request(start), limits())).code()).isEqualTo("target-refused");
    }
    assertThat(reached).hasValue(0);
  }

  @ParameterizedTest
  @CsvSource({
    "/a/b?x=1, c, /a/c",
    "/a/b?x=1, ?y=2, /a/b?y=2",
    "/a/b, ../c, /c",
    "/a/b, /c?d#e, /c?d",
    "/a/b, /Köln, /K%C3%B6ln",
    "/a/b, '/with space', /with%20space",
  })
  void a_relative_redirect_is_followed_as_browsers_do(String from, String location, String to)
      throws Exception {
    site.page(
        "/",
        exchange -> {
          boolean first = exchange.getRequestURI().toString().equals(from);
          byte[] latin = location.getBytes(StandardCharsets.UTF_8);
          Map<String, String> headers =
              Map.of("Location", new String(latin, StandardCharsets.ISO_8859_1));
          Site.answer(exchange, first ? 302 : 200, first ? headers : Map.of(), "");
        });
    assertThat(response(get(site.url(from))).finalUrl()).isEqualTo(site.url(to));
  }

  @Test
  void a_redirect_to_another_scheme_is_refused() throws Exception {
    site.redirect("/", "file:///etc/passwd");
    assertThat(failed(get(site.url("/"))).code()).isEqualTo("invalid-url");
  }

  @Test
  void redirects_are_counted() throws Exception {
    site.redirect("/loop", "/loop");
    assertThat(failed(get(site.url("/loop"))).code()).isEqualTo("too-many-redirects");
    Answer unfollowed = outbound.send(request(site.url("/loop")), limits().withMaxRedirects(0));
    assertThat(response(unfollowed).status()).isEqualTo(302);
  }

  @Test
  void a_redirect_to_another_origin_loses_what_was_meant_for_the_first() throws Exception {
    try (Site other = new Site()) {
      other.page(
          "/", e -> Site.answer(e, 200, Map.of(), e.getRequestHeaders().keySet().toString()));
      site.redirect("/", other.url("/"));
      Map<String, String> headers =
          Map.of("Authorization", "Bearer x", "X-Api-Key", "y", "Accept", "text/html");
      Answer answer = outbound.send(OutboundRequest.get(site.url("/"), headers), limits());
      assertThat(response(answer).body())
          .asString()
          .contains("Accept")
          .doesNotContain("Authorization", "X-api-key");
    }
  }

  @Test
  void a_body_is_not_taken_to_another_origin() throws Exception {
    try (Site other = new Site()) {
      site.page("/", e -> Site.answer(e, 307, Map.of("Location", other.url("/")), ""));
      OutboundRequest post = new OutboundRequest("POST", site.url("/"), Map.of(), "secret");
      assertThat(response(outbound.send(post, limits())).status()).isEqualTo(307);
    }
  }

  @Test
  void a_post_becomes_a_get_after_302_and_stays_a_post_after_307() throws Exception {
    site.page("/302", e -> Site.answer(e, 302, Map.of("Location", "/end"), ""));
    site.page("/307", e -> Site.answer(e, 307, Map.of("Location", "/end"), ""));
    site.page(
        "/end",
        e ->
            Site.answer(
                e,
                200,
                Map.of(),
                e.getRequestMethod()
                    + new String(e.getRequestBody().readAllBytes(), StandardCharsets.UTF_8)));
    OutboundRequest post = new OutboundRequest("POST", site.url("/302"), Map.of(), "body");
    assertThat(response(outbound.send(post, limits())).body()).asString().isEqualTo("GET");
    post = new OutboundRequest("POST", site.url("/307"), Map.of(), "body");
    assertThat(response(outbound.send(post, limits())).body()).asString().isEqualTo("POSTbody");
  }

  @Test
  void a_body_of_the_limit_passes_and_one_byte_more_does_not() throws Exception {
    site.page("/10", "text/plain", "0123456789");
    OutboundLimits ten = limits().withMaxBytes(10);
    assertThat(response(outbound.send(request(site.url("/10")), ten)).body()).hasSize(10);
    OutboundLimits nine = limits().withMaxBytes(9);
    assertThat(failed(outbound.send(request(site.url("/10")), nine)).code()).isEqualTo("too-large");
  }

  @Test
  void an_endless_body_ends_at_the_limit_and_its_connection_is_closed() throws Exception {
    try (RawServer endless =
        new RawServer(out -> {
          RawServer.write(out, "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n");
          while (true) {
            RawServer.write(out, "400\r\n" + "x".repeat(1024) + "\r\n");
          }
        })) {
      assertThat(failed(outbound.send(request(endless.url()), limits())).code())
          .isEqualTo("too-large");
      assertThat(endless.hungUp.await(10, TimeUnit.SECONDS)).isTrue();
    }
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
  @ValueSource(strings = {"gzip", "deflate", "gzip, gzip"})
  void a_bomb_is_not_unpacked_further_than_the_limit(String encoding) throws Exception {
    byte[] body = new byte[20_000_000];
    for (String layer : encoding.split(", ", -1)) {
      body = pack(layer, body);
    }
    byte[] bomb = body;
    assertThat(bomb.length).isLessThan(1_000_000);
    site.page("/", e -> Site.answer(e, 200, Map.of("Content-Encoding", encoding), bomb));
    assertThat(failed(get(site.url("/"))).code()).isEqualTo("too-large");
  }

  @Test
  void what_trails_a_compressed_body_counts_too() throws Exception {
    ByteArrayOutputStream body = new ByteArrayOutputStream();
    body.write(gzip("small"));
    body.write(new byte[2_000_000]);
    site.page(
        "/",
        e -> {
          e.getResponseHeaders().set("Content-Encoding", "gzip");
          e.sendResponseHeaders(200, 0);
          try (OutputStream out = e.getResponseBody()) {
            out.write(body.toByteArray());
          }
        });
    assertThat(failed(get(site.url("/"))).code()).isEqualTo("too-large");
  }

  @ParameterizedTest
  @ValueSource(strings = {"br", "zstd", "gzip, gzip, gzip, gzip"})
  void an_encoding_nobody_asked_for_is_an_invalid_response(String encoding) throws Exception {
    site.page("/", e -> Site.answer(e, 200, Map.of("Content-Encoding", encoding), "hello"));
    assertThat(failed(get(site.url("/"))).code()).isEqualTo("invalid-response");
  }

  @ParameterizedTest
  @CsvSource({
    "'HTTP/1.1 200 OK\r\nContent-Length: 10\r\n\r\nhalf', connection-lost, true",
    "'HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nhel', connection-lost, true",
    "'HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\nhel', connection-lost, true",
    "'', connection-lost, true",
    "'HTTP/1.1 200 OK\r\nContent-Length: x\r\n\r\n', invalid-response, false",
    "'HTTP/1.1 200 OK\r\nContent-Encoding: gzip\r\n\r\nnot gzip', invalid-response, false",
  })
  void a_broken_answer_is_named(String bytes, String code, boolean passing) throws Exception {
    try (RawServer broken = new RawServer(out -> RawServer.write(out, bytes))) {
      Answer.Failed failed = failed(get(broken.url()));
      assertThat(failed.code()).isEqualTo(code);
      assertThat(failed.passing()).isEqualTo(passing);
    }
  }

  @Test
  void headers_without_end_are_an_invalid_response() throws Exception {
    try (RawServer endless =
        new RawServer(out -> {
          RawServer.write(out, "HTTP/1.1 200 OK\r\n");
          while (true) {
            RawServer.write(out, "X-More: x\r\n");
          }
        })) {
      assertThat(failed(get(endless.url())).code()).isEqualTo("invalid-response");
    }
  }

  @Test
  void a_head_that_drips_ends_at_the_head_limit() throws Exception {
    try (RawServer drip = new RawServer(out -> drip(out, "HTTP/1.1 200 OK\r\nX: "))) {
      OutboundLimits impatient =
          new OutboundLimits(Duration.ofSeconds(60), Duration.ofMillis(300), 1_000_000, 5);
      assertThat(failed(outbound.send(request(drip.url()), impatient)).code()).isEqualTo("timeout");
      assertThat(drip.hungUp.await(10, TimeUnit.SECONDS)).isTrue();
    }
  }

  @Test
  void a_body_that_drips_ends_at_the_deadline_of_the_whole() throws Exception {
    try (RawServer drip =
        new RawServer(out -> drip(out, "HTTP/1.1 200 OK\r\nContent-Length: 100000\r\n\r\n"))) {
      OutboundLimits short300 = limits().withTotal(Duration.ofMillis(300));
      Answer.Failed failed = failed(outbound.send(request(drip.url()), short300));
      assertThat(failed.code()).isEqualTo("timeout");
      assertThat(failed.message()).contains("the whole response");
      assertThat(drip.hungUp.await(10, TimeUnit.SECONDS)).isTrue();
    }
  }

  @Test
  void redirects_share_one_deadline() throws Exception {
    site.page(
        "/",
        exchange -> {
          pause();
          Site.answer(exchange, 302, Map.of("Location", "/"), "");
        });
    OutboundLimits limits =
        new OutboundLimits(Duration.ofMillis(450), Duration.ofSeconds(9), 1_000, 20);
    assertThat(failed(outbound.send(request(site.url("/")), limits)).code()).isEqualTo("timeout");
  }

  @Test
  void an_interrupt_ends_an_exchange_that_waits_and_its_connection() throws Exception {
    try (RawServer silent = new RawServer(out -> new CountDownLatch(1).await())) {
      FutureTask<Answer> call = new FutureTask<>(() -> get(silent.url()));
      Thread caller = Thread.ofVirtual().start(call);
      assertThat(silent.asked.await(10, TimeUnit.SECONDS)).isTrue();
      caller.interrupt();
      assertThatThrownBy(() -> call.get(5, TimeUnit.SECONDS))
          .hasCauseInstanceOf(InterruptedException.class);
    }
  }

  @Test
  void an_interrupt_or_deadline_does_not_wait_for_a_slow_name_server() throws Exception {
    CountDownLatch asked = new CountDownLatch(1);
    CountDownLatch answered = new CountDownLatch(1);
    Resolver slow =
        host -> {
          asked.countDown();
          awaitUninterruptibly(answered);
          return List.of(InetAddress.getLoopbackAddress());
        };
    try (Outbound named = new Outbound(new Targets(true, slow), NOON)) {
      OutboundLimits brief = limits().withTotal(Duration.ofMillis(200));
      assertThat(failed(named.send(request("http://slow.example/"), brief)).code())
          .isEqualTo("timeout");
      FutureTask<Answer> call =
          new FutureTask<>(() -> named.send(request("http://slow.example/"), limits()));
      Thread caller = Thread.ofPlatform().start(call);
      assertThat(asked.await(10, TimeUnit.SECONDS)).isTrue();
      caller.interrupt();
      assertThatThrownBy(() -> call.get(5, TimeUnit.SECONDS))
          .hasCauseInstanceOf(InterruptedException.class);
    } finally {
      answered.countDown();
    }
  }

  @Test
  void a_kept_connection_that_went_stale_is_replaced() throws Exception {
    AtomicInteger answers = new AtomicInteger();
    try (RawServer server =
        new RawServer(out -> {
          answers.incrementAndGet();
          RawServer.write(out, "HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok");
        })) {
      for (int i = 0; i < 20; i++) {
        assertThat(response(get(server.url())).status()).isEqualTo(200);
      }
      assertThat(answers).hasValue(20);
    }
  }

  @Test
  void a_port_nobody_listens_on_is_a_passing_connect_failure() throws Exception {
    int port;
    try (ServerSocket free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      port = free.getLocalPort();
    }
    Answer.Failed failed = failed(get("http://127.0.0.1:" + port + "/"));
    assertThat(failed.code()).isEqualTo("connect");
    assertThat(failed.passing()).isTrue();
  }

  @Test
  void a_name_without_address_is_a_passing_dns_failure() throws Exception {
    Answer.Failed failed = failed(get("http://nothing.invalid/"));
    assertThat(failed.code()).isEqualTo("dns");
    assertThat(failed.passing()).isTrue();
  }

  @ParameterizedTest
  @CsvSource({
    "7, PT7S",
    "'Sat, 21 Nov 2026 12:01:30 GMT', PT1M30S",
    "'Sat, 21 Nov 2026 11:00:00 GMT', PT0S",
    "99999999, PT168H",
    "-1, ",
    "soon, "
  })
  void retry_after_is_read_in_seconds_and_as_a_date(String value, Duration wait) throws Exception {
    site.page("/", e -> Site.answer(e, 503, Map.of("Retry-After", value), ""));
    Answer.Response response = response(get(site.url("/")));
    assertThat(response.retryAfter().orElse(null)).isEqualTo(wait);
    assertThat(response.passing()).isTrue();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"Host", "content-length", "Transfer-Encoding", "Proxy-Authorization", "a b", ""})
  void headers_that_steer_the_connection_are_refused(String name) {
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

  private static void drip(OutputStream out, String start) throws Exception {
    RawServer.write(out, start);
    while (true) {
      pause();
      RawServer.write(out, "x");
    }
  }

  /** A tenth of a second in which a server does nothing. */
  private static void pause() {
    try {
      assertThat(new CountDownLatch(1).await(100, TimeUnit.MILLISECONDS)).isFalse();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private static void awaitUninterruptibly(CountDownLatch latch) {
    while (latch.getCount() > 0) {
      try {
        latch.await();
      } catch (InterruptedException _) {
        // a native lookup would not notice either
      }
    }
  }

  private static byte[] gzip(String text) throws IOException {
    return pack("gzip", text.getBytes(StandardCharsets.UTF_8));
  }

  private static byte[] pack(String encoding, byte[] bytes) throws IOException {
    if (encoding.equals("identity")) {
      return bytes;
    }
    ByteArrayOutputStream packed = new ByteArrayOutputStream();
    try (OutputStream out =
        encoding.equals("deflate")
            ? new DeflaterOutputStream(packed)
            : new GZIPOutputStream(packed)) {
      out.write(bytes);
    }
    return packed.toByteArray();
  }

  private static OutboundLimits limits() {
    return OutboundLimits.DEFAULT.withMaxBytes(1_000_000);
  }

  private static OutboundRequest request(String url) {
    return OutboundRequest.get(url, Map.of());
  }

  private Answer get(String url) throws InterruptedException {
    return outbound.send(request(url), limits());
  }

  private static Answer.Response response(Answer answer) {
    assertThat(answer).isInstanceOf(Answer.Response.class);
    return (Answer.Response) answer;
  }

  private static Answer.Failed failed(Answer answer) {
    assertThat(answer).isInstanceOf(Answer.Failed.class);
    return (Answer.Failed) answer;
  }
}
