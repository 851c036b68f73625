package io.headgate.outbound;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.zip.DeflaterOutputStream;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.AfterEach;

/** A site on loopback, a client for it, and helpers for requests and results. */
abstract class OutboundCase {

  static final InstantSource NOON = InstantSource.fixed(Instant.parse("2026-11-21T12:00:00Z"));

  final Site site = new Site();
  final Outbound outbound = new Outbound(new TargetCheck(true), NOON);

  @AfterEach
  void close() {
    outbound.close();
    site.close();
  }

  static void sendSlowly(OutputStream out, String start) throws Exception {
    RawServer.write(out, start);
    while (true) {
      pause();
      RawServer.write(out, "x");
    }
  }

  /** Waits for a tenth of a second, as a slow server. */
  static void pause() {
    try {
      assertThat(new CountDownLatch(1).await(100, TimeUnit.MILLISECONDS)).isFalse();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  static void awaitUninterruptibly(CountDownLatch latch) {
    while (latch.getCount() > 0) {
      try {
        latch.await();
      } catch (InterruptedException _) {
        // a native lookup does not react to interrupts either
      }
    }
  }

  static byte[] gzip(String text) throws IOException {
    return pack("gzip", text.getBytes(StandardCharsets.UTF_8));
  }

  static byte[] pack(String encoding, byte[] bytes) throws IOException {
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

  static OutboundLimits limits() {
    return OutboundLimits.DEFAULT.withMaxBytes(1_000_000);
  }

  static OutboundRequest request(String url) {
    return OutboundRequest.get(url, Map.of());
  }

  OutboundResult get(String url) throws InterruptedException {
    return outbound.send(request(url), limits());
  }

  static OutboundResult.Response response(OutboundResult answer) {
    assertThat(answer).isInstanceOf(OutboundResult.Response.class);
    return (OutboundResult.Response) answer;
  }

  static OutboundResult.OutboundFailure failed(OutboundResult answer) {
    assertThat(answer).isInstanceOf(OutboundResult.OutboundFailure.class);
    return (OutboundResult.OutboundFailure) answer;
  }
}
