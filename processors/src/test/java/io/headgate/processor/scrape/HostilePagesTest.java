package io.headgate.processor.scrape;

import static org.assertj.core.api.Assertions.assertThat;

import io.headgate.outbound.Outbound;
import io.headgate.outbound.RawServer;
import io.headgate.outbound.Site;
import io.headgate.outbound.TargetCheck;
import io.headgate.outbound.TestTargets;
import io.headgate.outbound.TlsSites;
import io.headgate.processor.Outcome;
import java.io.ByteArrayOutputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.zip.DeflaterOutputStream;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

/** Hostile pages: each item ends with a clear error, and the next page succeeds. */
@Tag("slow")
@Timeout(60)
class HostilePagesTest extends ScrapeCase {

  @AfterEach
  void the_next_page_succeeds() throws Exception {
    assertThat(output("/shop/", "{}").path("title").asString()).isEqualTo("A shop");
  }

  @Test
  void a_page_of_500_megabytes_is_refused_by_its_length() throws Exception {
    try (RawServer large =
        new RawServer(out -> {
          RawServer.write(out, head("Content-Length: 500000000"));
          while (true) {
            out.write(new byte[65_536]);
          }
        })) {
      assertThat(failedAt(large, Duration.ofSeconds(20)))
          .isEqualTo(
              Outcome.Failed.permanent(
                  "too-large", hostAndPort(large) + " sent more than 10000000 bytes"));
      assertThat(large.disconnected.await(10, TimeUnit.SECONDS)).isTrue();
    }
  }

  @Test
  void an_endless_stream_is_closed_at_the_limit() throws Exception {
    try (RawServer endless =
        new RawServer(out -> {
          RawServer.write(out, head("Transfer-Encoding: chunked"));
          while (true) {
            RawServer.write(out, "4000\r\n" + "<p>more</p>     ".repeat(1_024) + "\r\n");
          }
        })) {
      assertThat(failedAt(endless, Duration.ofSeconds(20)))
          .isEqualTo(
              Outcome.Failed.permanent(
                  "too-large", hostAndPort(endless) + " sent more than 10000000 bytes"));
      assertThat(endless.disconnected.await(10, TimeUnit.SECONDS)).isTrue();
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"gzip", "deflate", "gzip, gzip", "deflate, gzip"})
  void a_compression_bomb_is_not_decompressed_past_the_limit(String encoding) throws Exception {
    byte[] body = new byte[100_000_000];
    for (String layer : encoding.split(", ", -1)) {
      ByteArrayOutputStream packed = new ByteArrayOutputStream();
      try (OutputStream out =
          layer.equals("gzip") ? new GZIPOutputStream(packed) : new DeflaterOutputStream(packed)) {
        out.write(body);
      }
      body = packed.toByteArray();
    }
    byte[] bomb = body;
    site.page(
        "/bomb",
        e ->
            Site.answer(
                e, 200, Map.of("Content-Type", "text/html", "Content-Encoding", encoding), bomb));

    assertThat(failed("/bomb", "{}"))
        .isEqualTo(
            Outcome.Failed.permanent(
                "too-large", "127.0.0.1:" + site.port() + " sent more than 10000000 bytes"));
  }

  @Test
  void circular_redirects_end() throws Exception {
    site.redirect("/a", "/b").redirect("/b", "/a");

    assertThat(failed("/a", "{}"))
        .isEqualTo(Outcome.Failed.permanent("too-many-redirects", "more than 5 redirects"));
  }

  @Test
  void a_redirect_to_a_private_address_is_refused() throws Exception {
    site.redirect("/in", "http://localhost:" + site.port() + "/shop/");
    TargetCheck targets =
        TestTargets.only(
            InetAddress.ofLiteral("127.0.0.1"), _ -> List.of(InetAddress.ofLiteral("127.0.0.2")));
    try (Outbound careful = new Outbound(targets, InstantSource.system())) {
      Outcome outcome = run(new ScrapeProcessor(careful), url("/in"), "{}", Duration.ofSeconds(20));

      assertThat(outcome)
          .isEqualTo(
              Outcome.Failed.permanent(
                  "target-refused",
                  "after a redirect: localhost has an address that is private, which this server does not fetch"));
    }
  }

  @Test
  void a_rejected_certificate_is_reported_with_the_reason(@TempDir Path folder) throws Exception {
    try (TlsSites tls = new TlsSites(folder);
        Outbound trusting = tls.trustingClient()) {
      ScrapeProcessor scraper = new ScrapeProcessor(trusting);

      assertThat(at(scraper, tls.valid)).isInstanceOf(Outcome.Succeeded.class);
      assertThat(at(scraper, tls.expired))
          .isEqualTo(certificate(tls.expired, "has expired or is not valid yet"));
      assertThat(at(scraper, tls.wrongHost))
          .isEqualTo(certificate(tls.wrongHost, "is for another host"));
      assertThat(at(scraper, tls.selfSigned))
          .isEqualTo(certificate(tls.selfSigned, "is not signed by a trusted authority"));
      assertThat(at(scrape, tls.valid))
          .isEqualTo(certificate(tls.valid, "is not signed by a trusted authority"));
    }
  }

  private static Outcome at(ScrapeProcessor scraper, String place) throws InterruptedException {
    JsonNode url = JSON.getNodeFactory().stringNode("https://" + place + "/");
    return run(scraper, url, "{}", Duration.ofSeconds(20));
  }

  private static Outcome certificate(String place, String fault) {
    return Outcome.Failed.permanent("tls", "the certificate of " + place + " " + fault);
  }

  @Test
  void endless_headers_are_an_invalid_response() throws Exception {
    try (RawServer endless =
        new RawServer(out -> {
          RawServer.write(out, "HTTP/1.1 200 OK\r\n");
          while (true) {
            RawServer.write(out, "X-More: " + "x".repeat(1_000) + "\r\n");
          }
        })) {
      assertThat(failedAt(endless, Duration.ofSeconds(20)))
          .isEqualTo(
              Outcome.Failed.permanent(
                  "invalid-response", hostAndPort(endless) + " sent no valid HTTP response"));
    }
  }

  @Test
  void a_slow_response_ends_at_the_deadline_of_its_attempt() throws Exception {
    try (RawServer drip =
        new RawServer(out -> {
          RawServer.write(out, head("Content-Length: 100000"));
          while (!new CountDownLatch(1).await(100, TimeUnit.MILLISECONDS)) {
            RawServer.write(out, "<");
          }
        })) {
      assertThat(failedAt(drip, Duration.ofMillis(700)))
          .isEqualTo(
              Outcome.Failed.retryable(
                  "timeout", hostAndPort(drip) + " did not send the whole response in time"));
      assertThat(drip.disconnected.await(10, TimeUnit.SECONDS)).isTrue();
    }
  }

  @Test
  void a_truncated_response_is_retryable() throws Exception {
    try (RawServer cut =
        new RawServer(out -> RawServer.write(out, head("Content-Length: 1000") + "<p>half"))) {
      assertThat(failedAt(cut, Duration.ofSeconds(20)))
          .isEqualTo(
              Outcome.Failed.retryable(
                  "connection-lost", "the connection to " + hostAndPort(cut) + " was lost"));
    }
  }

  @Test
  void a_byte_order_mark_wins_over_the_header_and_the_header_over_a_meta_element()
      throws Exception {
    assertDecoded("/1", "text/html; charset=iso-8859-1", "\uFEFF<meta charset=koi8-r>é");
    assertDecoded("/2", "text/html; charset=utf-8", "<meta charset=iso-8859-1>é");
    assertDecoded("/3", "text/html; charset=no-such-thing", "<meta charset=utf-8>é");
    assertDecoded("/4", "text/html; charset=\"\u0000\"", "<p>é");
  }

  /** Pages that declare these names use characters that only the larger charset has. */
  @Test
  void legacy_charset_names_are_decoded_as_browsers_do() throws Exception {
    assertLegacyCharset("/1", "text/html; charset=iso-8859-1", "<p>");
    assertLegacyCharset("/2", "text/html", "<meta charset=latin1><p>");
    assertLegacyCharset("/3", "text/html; charset=us-ascii", "<meta charset=utf-8><p>");
    assertLegacyCharset("/4", "text/plain; charset=iso-8859-1", "");
  }

  private void assertLegacyCharset(String path, String type, String before) throws Exception {
    byte[] page = (before + "\u201c5 \u20ac\u201d").getBytes(Charset.forName("windows-1252"));
    site.page(path, e -> Site.answer(e, 200, Map.of("Content-Type", type), page));
    assertThat(output(path, "{\"output\":\"text\"}").path("content").asString())
        .as(path)
        .isEqualTo("\u201c5 \u20ac\u201d");
  }

  private void assertDecoded(String path, String type, String page) throws Exception {
    byte[] bytes = page.getBytes(StandardCharsets.UTF_8);
    site.page(
        path, e -> Site.answer(e, 200, Map.of("Content-Type", type.replace('\u0000', '-')), bytes));
    assertThat(output(path, "{\"output\":\"text\"}").path("content").asString()).isEqualTo("é");
  }

  @Test
  void an_invalid_url_never_becomes_a_request() {
    for (String bad :
        new String[] {"shop", "http://", "http:///x", "javascript:x", "http://a b/"}) {
      JsonNode input = JSON.getNodeFactory().stringNode(bad);
      assertThat(scrape.checkInput(input, JSON.createObjectNode())).as(bad).hasSize(1);
    }
  }

  private Outcome.Failed failedAt(RawServer server, Duration time) throws Exception {
    Outcome outcome = run(scrape, JSON.getNodeFactory().stringNode(server.url()), "{}", time);
    assertThat(outcome).isInstanceOf(Outcome.Failed.class);
    return (Outcome.Failed) outcome;
  }

  private static String hostAndPort(RawServer server) {
    return server.url().replace("http://", "").replace("/", "");
  }

  private static String head(String header) {
    return "HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n" + header + "\r\n\r\n";
  }
}
