package io.headgate.processor.scrape;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.headgate.batch.Ids;
import io.headgate.browser.Browsers;
import io.headgate.browser.RequiredBrowser;
import io.headgate.outbound.Outbound;
import io.headgate.outbound.RawServer;
import io.headgate.outbound.Site;
import io.headgate.outbound.TargetCheck;
import io.headgate.outbound.TestTargets;
import io.headgate.outbound.TlsSites;
import io.headgate.processor.Input;
import io.headgate.processor.Outcome;
import io.headgate.processor.TestAttempt;
import java.io.ByteArrayOutputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Hostile pages in a real browser: each item fails clearly, and the next page succeeds. */
@Tag("browser")
@Timeout(120)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class HostilePagesInBrowserTest {

  private static final JsonMapper JSON = JsonMapper.builder().build();
  private static final String OPTIONS = "{\"mode\":\"browser\",\"output\":\"text\"}";
  private static final Duration TIME = Duration.ofSeconds(40);

  private Outbound outbound;
  private Browsers browsers;
  private ScrapeProcessor scrape;
  private Site site = new Site();

  @BeforeAll
  void start(@TempDir Path folder) {
    RequiredBrowser.require();
    TargetCheck targets =
        TestTargets.only(
            InetAddress.ofLiteral("127.0.0.1"), _ -> List.of(InetAddress.ofLiteral("127.0.0.2")));
    outbound = new Outbound(targets, InstantSource.system());
    Browsers.BrowserLimits bounds = Browsers.BrowserLimits.defaults(1).withBytes(20_000_000);
    browsers =
        Browsers.start(new Browsers.BrowserSettings(1, Optional.empty(), bounds, folder), targets);
    scrape = new ScrapeProcessor(outbound, browsers, Optional.empty());
  }

  @AfterAll
  void stop() {
    if (browsers != null) {
      browsers.close();
      outbound.close();
    }
  }

  @AfterEach
  void the_next_page_succeeds() throws Exception {
    site.page("/next", "text/html", "<p>as if nothing was");
    assertThat(content("/next")).isEqualTo("as if nothing was");
    site.close();
    site = new Site();
  }

  @ParameterizedTest
  @ValueSource(strings = {"shop", "http://", "http://a b/", "javascript:alert(1)", "file:///etc"})
  void an_invalid_url_is_never_opened(String url) {
    assertThat(scrape.checkInput(JSON.getNodeFactory().stringNode(url), JSON.readTree(OPTIONS)))
        .hasSize(1);
  }

  @Test
  void a_page_of_500_megabytes_ends_at_the_byte_limit() throws Exception {
    try (RawServer large =
        new RawServer(out -> {
          RawServer.write(out, head("Content-Length: 500000000") + "<!--");
          while (true) {
            out.write("more ".repeat(16_384).getBytes(StandardCharsets.US_ASCII));
          }
        })) {
      assertThat(at(large.url())).isEqualTo(tooManyBytes());
      assertThat(large.disconnected.await(10, TimeUnit.SECONDS)).isTrue();
    }
  }

  @Test
  void an_endless_stream_ends_at_the_byte_limit() throws Exception {
    try (RawServer endless =
        new RawServer(out -> {
          RawServer.write(out, head("Transfer-Encoding: chunked") + "4\r\n<!--\r\n");
          while (true) {
            RawServer.write(out, "10000\r\n" + "more more more, ".repeat(4_096) + "\r\n");
          }
        })) {
      assertThat(at(endless.url())).isEqualTo(tooManyBytes());
      assertThat(endless.disconnected.await(10, TimeUnit.SECONDS)).isTrue();
    }
  }

  private static Outcome tooManyBytes() {
    return Outcome.Failed.permanent(
        "too-large", "the page exceeds the transfer limit of one visit");
  }

  @Test
  void a_gzip_bomb_is_not_returned() throws Exception {
    ByteArrayOutputStream packed = new ByteArrayOutputStream();
    try (OutputStream out = new GZIPOutputStream(packed)) {
      out.write("<body hidden>".getBytes(StandardCharsets.US_ASCII));
      out.write("x".repeat(60_000_000).getBytes(StandardCharsets.US_ASCII));
    }
    site.page(
        "/",
        e ->
            Site.answer(
                e,
                200,
                Map.of("Content-Type", "text/html", "Content-Encoding", "gzip"),
                packed.toByteArray()));

    assertThat(at(site.url("/"))).isEqualTo(tooLarge());
  }

  @Test
  void a_page_that_scripts_make_huge_and_misreport_is_not_returned() throws Exception {
    site.page(
        "/",
        "text/html",
        "<p id=p hidden><script>p.textContent = 'x'.repeat(60000000);"
            + "Object.defineProperty(Element.prototype, 'outerHTML', {get: () => 'short'})"
            + "</script>");

    assertThat(at(site.url("/"))).isEqualTo(tooLarge());
  }

  private static Outcome tooLarge() {
    return Outcome.Failed.permanent("too-large", "the page is larger than max_bytes");
  }

  @Test
  void circular_redirects_end() throws Exception {
    site.redirect("/a", "/b").redirect("/b", "/a");

    assertThat(at(site.url("/a")))
        .isEqualTo(Outcome.Failed.permanent("too-many-redirects", "too many redirects"));
  }

  @Test
  void a_redirect_to_a_private_address_is_refused() throws Exception {
    site.redirect("/", "http://localhost:" + site.port() + "/");

    assertThat(at(site.url("/")))
        .isEqualTo(
            Outcome.Failed.permanent(
                "target-refused",
                "localhost has an address that is private, which this server does not fetch"));
  }

  @Test
  void a_certificate_that_fails_ends_the_item(@TempDir Path folder) throws Exception {
    try (TlsSites tls = new TlsSites(folder)) {
      for (String place : List.of(tls.expired, tls.wrongHost, tls.selfSigned)) {
        assertThat(at("https://" + place + "/"))
            .isEqualTo(
                Outcome.Failed.permanent(
                    "tls", "the certificate of the page is not signed by a trusted authority"));
      }
    }
  }

  @Test
  void a_wrong_charset_is_handled_as_in_a_browser() throws Exception {
    byte[] page = "\uFEFF<meta charset=koi8-r><p>é".getBytes(StandardCharsets.UTF_8);
    site.page(
        "/mark",
        e -> Site.answer(e, 200, Map.of("Content-Type", "text/html; charset=iso-8859-1"), page));
    byte[] bare = "<meta charset=utf-8><p>é".getBytes(StandardCharsets.UTF_8);
    site.page(
        "/none",
        e -> Site.answer(e, 200, Map.of("Content-Type", "text/html; charset=no-such-thing"), bare));

    assertThat(content("/mark")).isEqualTo("é");
    assertThat(content("/none")).isEqualTo("é");
  }

  @Test
  void a_page_that_opens_dialogs_succeeds() throws Exception {
    site.page(
        "/",
        "text/html",
        "<p id=p>before<script>alert(1); confirm(2); prompt(3); p.textContent = 'after';"
            + "onbeforeunload = e => e.preventDefault()</script>");

    assertThat(content("/")).isEqualTo("after");
  }

  @Test
  void a_page_that_opens_windows_succeeds() throws Exception {
    site.page("/other", "text/html", "<script>for (;;) open('/other')</script>");
    site.page(
        "/", "text/html", "<p>one<script>for (let i = 0; i < 30; i++) open('/other')</script>");

    assertThat(content("/")).isEqualTo("one");
  }

  @Test
  void a_page_in_an_endless_loop_ends_at_the_deadline() throws Exception {
    site.page("/", "text/html", "<title>t</title><script>while (true) {}</script>");

    assertThat(at(site.url("/"), Duration.ofSeconds(5)))
        .isEqualTo(
            Outcome.Failed.retryable("timeout", "the page did not finish within its time limit"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{\"actions\":[{\"type\":\"wait\",\"duration\":30000}]}",
        "{\"actions\":[{\"type\":\"click\",\"selector\":\"#never\"}]}",
        "{\"wait_for\":\"#never\"}",
        "{\"actions\":[{\"type\":\"click\",\"selector\":\"#spin\"}]}"
      })
  void an_interrupt_ends_an_item_within_a_second(String options) throws Exception {
    CountDownLatch loaded = new CountDownLatch(1);
    site.page("/loaded", e -> answerAndCount(e, loaded));
    site.page(
        "/",
        "text/html",
        "<button id=spin onclick='for(;;);'>x</button><img src=/loaded>"
            + "<div style='height:20000px;background:linear-gradient(red,blue)'></div>");
    JsonNode url = JSON.getNodeFactory().stringNode(site.url("/"));
    FutureTask<Outcome> run = new FutureTask<>(() -> run(url, options, TIME));
    Thread thread = Thread.ofVirtual().start(run);
    assertThat(loaded.await(40, TimeUnit.SECONDS)).isTrue();
    assertThat(new CountDownLatch(1).await(500, TimeUnit.MILLISECONDS))
        .isFalse(); // it is waiting now

    long before = System.nanoTime();
    thread.interrupt();
    assertThatThrownBy(() -> run.get(10, TimeUnit.SECONDS))
        .hasCauseInstanceOf(InterruptedException.class);
    assertThat(Duration.ofNanos(System.nanoTime() - before)).isLessThan(Duration.ofSeconds(1));
  }

  private static void answerAndCount(
      com.sun.net.httpserver.HttpExchange exchange, CountDownLatch latch)
      throws java.io.IOException {
    Site.answer(exchange, 404, Map.of(), "");
    latch.countDown();
  }

  private String content(String path) throws Exception {
    Outcome outcome = at(site.url(path));
    assertThat(outcome).isInstanceOf(Outcome.Succeeded.class);
    return ((Outcome.Succeeded) outcome).output().path("content").asString();
  }

  private Outcome at(String url) throws InterruptedException {
    return at(url, TIME);
  }

  private Outcome at(String url, Duration time) throws InterruptedException {
    return run(JSON.getNodeFactory().stringNode(url), OPTIONS, time);
  }

  private Outcome run(JsonNode input, String options, Duration time) throws InterruptedException {
    JsonNode read = JSON.readTree(options);
    assertThat(scrape.checkOptions(read)).isEmpty();
    return scrape.run(
        new Input(Ids.next(), 0, null, input, read, List.of()), TestAttempt.lasting(time));
  }

  private static String head(String header) {
    return "HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n" + header + "\r\n\r\n";
  }
}
