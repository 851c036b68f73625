package io.headgate.processor.render;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.headgate.browser.Browsers;
import io.headgate.browser.RequiredBrowser;
import io.headgate.outbound.TargetCheck;
import io.headgate.outbound.TlsSites;
import io.headgate.processor.Outcome;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Hostile HTML and pages in a real browser fail their item with a clear error, and no other. */
@Tag("browser")
@Tag("slow")
@Timeout(120)
class HostileRenderTest extends RenderCase {

  private static final String ANIMATED =
      "<style>@keyframes m {to {margin-left: 200px}} div {animation: m 9s; width: 9px}</style>"
          + "<div>x</div>";

  private static TargetCheck targets;
  private static Browsers browsers;

  @BeforeAll
  static void start(@TempDir Path folder) {
    RequiredBrowser.require();
    targets = new TargetCheck(true);
    Browsers.BrowserLimits bounds = Browsers.BrowserLimits.defaults(1).withBytes(20_000_000);
    browsers =
        Browsers.start(new Browsers.BrowserSettings(1, Optional.empty(), bounds, folder), targets);
  }

  @AfterAll
  static void stop() {
    if (browsers != null) {
      browsers.close();
      targets.close();
    }
  }

  @Override
  RenderProcessor render() {
    return processor(browsers);
  }

  /** Runs before the superclass closes the site. */
  @AfterEach
  void the_next_item_succeeds() throws Exception {
    attempt = new ArtifactAttempt(Duration.ofSeconds(60));
    assertThat(PixelImage.of(file(html(BLOCKS), "{\"width\":200,\"height\":150}")).color(50, 50))
        .isEqualTo("#ff0000");
  }

  @ParameterizedTest
  @ValueSource(strings = {"png", "pdf"})
  void an_endless_script_fails_its_item(String format) throws Exception {
    attempt = new ArtifactAttempt(Duration.ofSeconds(5));

    assertThat(failed(html("<script>for(;;){}</script>"), "{\"format\":\"" + format + "\"}"))
        .isEqualTo(
            Outcome.Failed.retryable("timeout", "the page did not finish within its time limit"));
  }

  @Test
  void ten_megabytes_of_html_are_refused_before_rendering() {
    assertThat(render().checkInput(html("x".repeat(10_000_000)), JSON.createObjectNode()))
        .extracting(violation -> violation.field() + " " + violation.message())
        .containsExactly("html must be at most 2000000 characters");
  }

  @Test
  void images_of_20000_by_20000_pixels_are_refused_also_for_an_element() throws Exception {
    assertThat(render().checkOptions(JSON.readTree("{\"width\":20000,\"height\":20000}")))
        .extracting(violation -> violation.field() + " " + violation.message())
        .containsExactly("height must be at most 4000", "width must be at most 4000");
    assertThat(
            failed(
                html("<div id=a style='width:20000px;height:20000px'></div>"),
                "{\"selector\":\"#a\"}"))
        .isEqualTo(
            Outcome.Failed.permanent(
                "too-large",
                "an image of 20000 × 20000 pixels is too large; the limits are 16384 per side and"
                    + " 50000000 in total"));
  }

  @Test
  void a_page_that_redirects_in_a_circle_or_loads_too_much_fails_its_item() throws Exception {
    site.redirect("/a", "/b").redirect("/b", "/a");
    site.bytes("/large", "text/javascript", new byte[30_000_000]);
    site.page("/page", "text/html", "<script src=/large></script>");

    assertThat(failed(url("/a"), "{}"))
        .isEqualTo(Outcome.Failed.permanent("too-many-redirects", "too many redirects"));
    assertThat(failed(url("/page"), "{}"))
        .isEqualTo(
            Outcome.Failed.permanent(
                "too-large", "the page exceeds the transfer limit of one visit"));
  }

  @Test
  void a_certificate_that_fails_ends_the_item(@TempDir Path folder) throws Exception {
    try (TlsSites tls = new TlsSites(folder)) {
      assertThat(failed(JSON.createObjectNode().put("url", "https://" + tls.expired + "/"), "{}"))
          .isEqualTo(
              Outcome.Failed.permanent(
                  "tls", "the certificate of the page is not signed by a trusted authority"));
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{\"format\":\"gif\",\"duration_seconds\":5,\"fps\":20,\"width\":800,\"height\":400}",
        "{\"format\":\"png\",\"scale\":4,\"width\":1500,\"height\":1500}",
        "{\"format\":\"pdf\"}"
      })
  void an_interrupt_ends_an_item_within_a_second(String options) throws Exception {
    CountDownLatch loaded = new CountDownLatch(1);
    site.page(
        "/loaded",
        exchange -> {
          loaded.countDown();
          exchange.close();
        });
    site.page(
        "/page", "text/html", ANIMATED + "<img src=/loaded>" + "<p>a line of text".repeat(20_000));
    FutureTask<Outcome> run = new FutureTask<>(() -> run(url("/page"), options));
    Thread thread = Thread.ofVirtual().start(run);
    assertThat(loaded.await(40, TimeUnit.SECONDS)).isTrue();
    assertThat(new CountDownLatch(1).await(200, TimeUnit.MILLISECONDS)).isFalse(); // it renders

    long before = System.nanoTime();
    thread.interrupt();
    assertThatThrownBy(() -> run.get(10, TimeUnit.SECONDS))
        .hasCauseInstanceOf(InterruptedException.class);
    assertThat(Duration.ofNanos(System.nanoTime() - before)).isLessThan(Duration.ofSeconds(1));
  }
}
