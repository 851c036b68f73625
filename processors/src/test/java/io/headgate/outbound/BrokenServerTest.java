package io.headgate.outbound;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(30)
class BrokenServerTest extends OutboundCase {

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
      assertThat(endless.disconnected.await(10, TimeUnit.SECONDS)).isTrue();
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"gzip", "deflate", "gzip, gzip"})
  void a_decompression_bomb_is_not_decompressed_beyond_the_limit(String encoding) throws Exception {
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
  void bytes_after_a_compressed_body_count_too() throws Exception {
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
  void an_encoding_that_was_not_requested_is_an_invalid_response(String encoding) throws Exception {
    site.page("/", e -> Site.answer(e, 200, Map.of("Content-Encoding", encoding), "hello"));
    OutboundResult.OutboundFailure failed = failed(get(site.url("/")));
    assertThat(failed.code()).isEqualTo("invalid-response");
    assertThat(failed.message()).contains(" sent content ");
  }

  @Test
  void truncated_and_corrupt_compressed_content_are_different_errors() throws Exception {
    ByteArrayOutputStream packed = new ByteArrayOutputStream();
    try (GZIPOutputStream out = new GZIPOutputStream(packed)) {
      out.write(new byte[100_000]);
    }
    byte[] half = java.util.Arrays.copyOf(packed.toByteArray(), packed.size() / 2);
    site.page("/half", e -> Site.answer(e, 200, Map.of("Content-Encoding", "gzip"), half));
    site.page("/none", e -> Site.answer(e, 200, Map.of("Content-Encoding", "gzip"), "hello hello"));

    String place = "127.0.0.1:" + site.port();
    assertThat(failed(get(site.url("/half"))))
        .isEqualTo(
            new OutboundResult.OutboundFailure(
                OutboundError.CONNECTION_LOST,
                place + " sent compressed content that ends too soon"));
    assertThat(failed(get(site.url("/none"))))
        .isEqualTo(
            new OutboundResult.OutboundFailure(
                OutboundError.INVALID_RESPONSE,
                place + " sent content that cannot be decompressed"));
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
  void a_broken_response_has_an_error_code(String bytes, String code, boolean passing)
      throws Exception {
    try (RawServer broken = new RawServer(out -> RawServer.write(out, bytes))) {
      OutboundResult.OutboundFailure failed = failed(get(broken.url()));
      assertThat(failed.code()).isEqualTo(code);
      assertThat(failed.retryable()).isEqualTo(passing);
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
  void a_head_that_arrives_slowly_ends_at_the_head_limit() throws Exception {
    try (RawServer drip = new RawServer(out -> sendSlowly(out, "HTTP/1.1 200 OK\r\nX: "))) {
      OutboundLimits impatient =
          new OutboundLimits(Duration.ofSeconds(60), Duration.ofMillis(300), 1_000_000, 5);
      assertThat(failed(outbound.send(request(drip.url()), impatient)).code()).isEqualTo("timeout");
      assertThat(drip.disconnected.await(10, TimeUnit.SECONDS)).isTrue();
    }
  }

  @Test
  void a_body_that_arrives_slowly_ends_at_the_total_limit() throws Exception {
    try (RawServer drip =
        new RawServer(
            out -> sendSlowly(out, "HTTP/1.1 200 OK\r\nContent-Length: 100000\r\n\r\n"))) {
      OutboundLimits short300 = limits().withTotal(Duration.ofMillis(300));
      OutboundResult.OutboundFailure failed = failed(outbound.send(request(drip.url()), short300));
      assertThat(failed.code()).isEqualTo("timeout");
      assertThat(failed.message()).contains("the whole response");
      assertThat(drip.disconnected.await(10, TimeUnit.SECONDS)).isTrue();
    }
  }

  @Test
  void an_interrupt_ends_an_exchange_that_waits_and_its_connection() throws Exception {
    try (RawServer silent = new RawServer(out -> new CountDownLatch(1).await())) {
      FutureTask<OutboundResult> call = new FutureTask<>(() -> get(silent.url()));
      Thread caller = Thread.ofVirtual().start(call);
      assertThat(silent.requested.await(10, TimeUnit.SECONDS)).isTrue();
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
    try (Outbound named = new Outbound(new TargetCheck(true, slow), NOON)) {
      OutboundLimits brief = limits().withTotal(Duration.ofMillis(200));
      assertThat(failed(named.send(request("http://slow.example/"), brief)).code())
          .isEqualTo("timeout");
      FutureTask<OutboundResult> call =
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
  void a_kept_connection_that_is_reset_under_the_next_request_is_replaced() throws Exception {
    AtomicInteger connections = new AtomicInteger();
    try (ServerSocket server = new ServerSocket(0, 5, InetAddress.getLoopbackAddress())) {
      Thread.ofVirtual().start(() -> respondOncePerConnection(server, connections));
      String url = "http://127.0.0.1:" + server.getLocalPort() + "/";
      for (int i = 0; i < 5; i++) {
        assertThat(response(get(url)).status()).isEqualTo(200);
      }
    }
    assertThat(connections).hasValue(5);
  }

  /** Sends one response per connection; the next request on it is read and then reset. */
  private static void respondOncePerConnection(ServerSocket server, AtomicInteger connections) {
    byte[] buffer = new byte[10_000];
    while (!server.isClosed()) {
      try (Socket socket = server.accept()) {
        connections.incrementAndGet();
        int read = socket.getInputStream().read(buffer);
        RawServer.write(socket.getOutputStream(), "HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok");
        read += socket.getInputStream().read(buffer);
        socket.setSoLinger(read > 0, 0);
      } catch (IOException _) {
        // closed: the test is over
      }
    }
  }

  @Test
  void a_closed_port_is_a_retryable_connect_failure() throws Exception {
    int port;
    try (ServerSocket free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      port = free.getLocalPort();
    }
    OutboundResult.OutboundFailure failed = failed(get("http://127.0.0.1:" + port + "/"));
    assertThat(failed.code()).isEqualTo("connect");
    assertThat(failed.retryable()).isTrue();
  }

  @Test
  void a_name_without_address_is_a_retryable_dns_failure() throws Exception {
    OutboundResult.OutboundFailure failed = failed(get("http://nothing.invalid/"));
    assertThat(failed.code()).isEqualTo("dns");
    assertThat(failed.retryable()).isTrue();
  }
}
