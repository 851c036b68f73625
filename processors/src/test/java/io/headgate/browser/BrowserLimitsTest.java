package io.headgate.browser;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.headgate.outbound.Site;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** The limits of one browser: visits, bytes, memory. */
@Tag("browser")
class BrowserLimitsTest extends BrowserCase {

  private static final long LARGE_MEMORY = 64L << 30;
  private static final String ALLOCATES =
      "window.all = []; setInterval(() => all.push(new Uint8Array(50_000_000).fill(1)), 100)";

  private Browsers with(Browsers.BrowserLimits limits) {
    return Browsers.start(
        new Browsers.BrowserSettings(1, Optional.empty(), limits, folder.resolve("bounds")),
        targets);
  }

  private static Browsers.BrowserLimits limits() {
    return new Browsers.BrowserLimits(1_000, 100_000_000, LARGE_MEMORY);
  }

  /** The id of the driver process that runs a visit. */
  private static long driver(Browsers browsers) throws Exception {
    return browsers.visit(Visit.lasting(TIME_LIMIT), _ -> newestDriver().pid());
  }

  /** The newest driver; the browser of the test class may have another one. */
  private static ProcessHandle newestDriver() {
    return Processes.drivers().max(Comparator.comparingLong(ProcessHandle::pid)).orElseThrow();
  }

  @Test
  void a_browser_is_replaced_after_its_visits_and_not_before() throws Exception {
    try (Browsers two = with(limits().withVisits(2))) {
      long first = driver(two);

      assertThat(driver(two)).isEqualTo(first);
      assertThat(driver(two)).isNotEqualTo(first);
    }
  }

  @Test
  void a_browser_above_its_memory_limit_is_replaced_between_visits() throws Exception {
    long usual;
    try (Browsers roomy = with(limits())) {
      usual = roomy.visit(Visit.lasting(TIME_LIMIT), _ -> Processes.memory(newestDriver()));
    }
    try (Browsers small = with(limits().withMemory(usual * 2 / 3))) {
      long first = driver(small);

      assertThat(driver(small)).isNotEqualTo(first);
    }
  }

  @Test
  void a_page_that_allocates_too_much_fails_with_a_message_and_the_next_visit_works()
      throws Exception {
    site.page("/", "text/html", html("t", ALLOCATES));
    site.page("/fine", "text/html", html("fine", ""));
    try (Browsers tight = with(limits().withMemory(512L << 20))) {
      BrowserException exception =
          catchThrowableOfType(
              BrowserException.class,
              () ->
                  tight.visit(
                      Visit.lasting(TIME_LIMIT),
                      page -> {
                        page.navigate(site.url("/"));
                        return page.waitForSelector("#never");
                      }));

      assertThat(exception.code()).isEqualTo("too-much-memory");
      assertThat(exception.message()).isEqualTo("the page exceeds the memory limit of one visit");
      assertThat(titleBy(tight, "/fine")).isEqualTo("fine");
    }
  }

  @Test
  void a_visit_above_its_transfer_limit_fails_with_a_message() throws Exception {
    site.page("/large.png", "image/png", "x".repeat(300_000));
    site.page("/", "text/html", html("fine", "") + "<img src=/large.png>");
    try (Browsers frugal = with(limits().withBytes(200_000))) {
      BrowserException exception =
          catchThrowableOfType(BrowserException.class, () -> titleBy(frugal, "/"));

      assertThat(exception.code()).isEqualTo("too-large");
      assertThat(exception.message()).isEqualTo("the page exceeds the transfer limit of one visit");
      assertThat(exception.retryable()).isFalse();
      site.page("/small", "text/html", html("small", ""));
      assertThat(titleBy(frugal, "/small")).isEqualTo("small");
    }
  }

  @Test
  void sent_bytes_count_as_received_ones() throws Exception {
    site.page(
        "/take", exchange -> Site.answer(exchange, 200, Map.of("Content-Type", "text/html"), ""));
    site.page(
        "/", "text/html", html("t", "fetch('/take', {method: 'POST', body: 'x'.repeat(300000)})"));
    try (Browsers frugal = with(limits().withBytes(200_000))) {
      BrowserException exception =
          catchThrowableOfType(
              BrowserException.class,
              () ->
                  frugal.visit(
                      Visit.lasting(TIME_LIMIT),
                      page -> {
                        page.navigate(site.url("/"));
                        page.waitForTimeout(1_000);
                        return true;
                      }));

      assertThat(exception.code()).isEqualTo("too-large");
    }
  }

  @Test
  void files_of_a_killed_browser_are_removed() throws Exception {
    Path near = Files.createTempDirectory("hg");
    Browsers.BrowserSettings settings =
        new Browsers.BrowserSettings(1, Optional.empty(), limits().withVisits(1), near);
    try (Browsers one = Browsers.start(settings, targets)) {
      assertThatThrownBy(() ->
              one.visit(
                  Visit.lasting(TIME_LIMIT),
                  page -> {
                    BadPagesTest.browserProcesses().forEach(ProcessHandle::destroyForcibly);
                    return page.waitForSelector("#never");
                  }))
          .isInstanceOf(BrowserException.class);
      driver(one);
      driver(one); // starts only after the previous browser has ended

      try (var folders = Files.walk(near, 2)) {
        assertThat(folders.filter(path -> path.getFileName().toString().matches("[0-9]+")))
            .hasSizeLessThanOrEqualTo(1);
      }
    }
    assertThat(near).isEmptyDirectory();
    Files.delete(near);
  }

  private String titleBy(Browsers these, String path) throws Exception {
    return these.visit(
        Visit.lasting(TIME_LIMIT),
        page -> {
          page.navigate(site.url(path));
          return page.title();
        });
  }
}
