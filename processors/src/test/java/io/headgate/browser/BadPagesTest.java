package io.headgate.browser;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.headgate.outbound.Site;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * Pages that hang, crash, open windows and show dialogs: the visit ends in time, and the next visit
 * works.
 */
@Tag("browser")
@Tag("process")
class BadPagesTest extends BrowserCase {

  private static final String SPINS = "while (true) {}";

  @Test
  void a_page_that_spins_ends_with_its_limit() throws Exception {
    site.page("/", "text/html", html("t", SPINS));
    assertTheNextVisitWorks(); // starts the browser, so that its start does not count
    long start = System.nanoTime();

    BrowserException exception =
        failure(Duration.ofSeconds(2), page -> page.navigate(site.url("/")));

    assertThat(exception.code()).isEqualTo("timeout");
    assertThat(exception.retryable()).isTrue();
    assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(3));
    assertTheNextVisitWorks();
  }

  @Test
  void dialogs_are_dismissed() throws Exception {
    site.page(
        "/",
        "text/html",
        html("t", "alert(1); document.title = [confirm('x'), prompt('y')].join()"));

    assertThat(title("/")).isEqualTo("false,");
  }

  @Test
  void windows_a_page_opens_are_closed() throws Exception {
    site.page("/other", "text/html", html("other", ""));
    site.page(
        "/",
        "text/html",
        html("t", "for (let i = 0; i < 20; i++) open('/other')")
            + "<a href=/other target=_blank>go</a>");

    int left =
        browsers.visit(
            Visit.lasting(TIME_LIMIT),
            page -> {
              page.navigate(site.url("/"));
              page.click("a");
              page.waitForTimeout(1_000);
              return page.context().pages().size();
            });

    assertThat(left).isEqualTo(1);
  }

  @Test
  void a_crashed_page_is_retryable_and_the_next_visit_works() throws Exception {
    BrowserException exception =
        failure(
            TIME_LIMIT,
            page -> {
              page.setContent("fine");
              renderers().forEach(ProcessHandle::destroyForcibly);
              return page.waitForSelector("#never");
            });

    assertThat(exception.code())
        .as(String.valueOf(exception.getCause()))
        .isEqualTo("browser-crashed");
    assertThat(exception.retryable()).isTrue();
    assertTheNextVisitWorks();
  }

  @Test
  void a_killed_browser_is_retryable_and_the_next_visit_works() throws Exception {
    BrowserException exception =
        failure(
            TIME_LIMIT,
            page -> {
              browserProcesses().forEach(ProcessHandle::destroyForcibly);
              return page.waitForSelector("#never");
            });

    assertThat(exception.retryable()).isTrue();
    assertThat(exception.code()).isEqualTo("browser-crashed");
    assertTheNextVisitWorks();
  }

  @Test
  void a_driver_that_hangs_is_killed_with_its_browser() throws Exception {
    BrowserException exception =
        failure(
            Duration.ofSeconds(4),
            page -> {
              freeze(Processes.drivers().toList());
              return page.title();
            });

    assertThat(exception.code()).isEqualTo("timeout");
    assertTheNextVisitWorks();
  }

  @Test
  void nothing_is_downloaded() throws Exception {
    site.page(
        "/file",
        exchange ->
            Site.answer(
                exchange,
                200,
                Map.of("Content-Type", "application/zip", "Content-Disposition", "attachment"),
                "a file that should not be here"));
    site.page("/", "text/html", "<a href=/file download>go</a>");

    BrowserException exception = failure(TIME_LIMIT, page -> page.navigate(site.url("/file")));
    assertThat(exception.code()).isEqualTo("unsupported-content");
    assertThat(exception.retryable()).isFalse();

    browsers.visit(
        Visit.lasting(TIME_LIMIT),
        page -> {
          page.navigate(site.url("/"));
          page.click("a");
          page.waitForTimeout(500);
          assertThat(written("a file that should not be here")).isEmpty();
          return true;
        });
  }

  @Test
  void a_failed_connection_is_reported() throws IOException {
    int port = freePort();

    BrowserException exception =
        failure(TIME_LIMIT, page -> page.navigate("http://127.0.0.1:" + port + "/"));

    assertThat(exception.code()).isEqualTo("connect");
    assertThat(exception.message()).isEqualTo("cannot connect to 127.0.0.1:" + port);
  }

  private BrowserException failure(Duration limit, Browsers.PageWork<Object> work) {
    return catchThrowableOfType(
        BrowserException.class, () -> browsers.visit(Visit.lasting(limit), work));
  }

  static List<ProcessHandle> browserProcesses() {
    return Processes.drivers().flatMap(ProcessHandle::children).toList();
  }

  private static List<ProcessHandle> renderers() {
    return Processes.drivers()
        .flatMap(ProcessHandle::descendants)
        .filter(process -> commandLine(process).contains("--type=renderer"))
        .toList();
  }

  private static String commandLine(ProcessHandle process) {
    try {
      return Files.readString(Path.of("/proc", String.valueOf(process.pid()), "cmdline"));
    } catch (IOException _) {
      return "";
    }
  }

  private static void freeze(List<ProcessHandle> processes) throws Exception {
    for (ProcessHandle process : processes) {
      new ProcessBuilder("kill", "-STOP", String.valueOf(process.pid())).start().waitFor();
    }
  }

  private static List<Path> written(String text) throws IOException {
    try (Stream<Path> all = Files.walk(folder)) {
      return all.filter(Files::isRegularFile).filter(file -> contains(file, text)).toList();
    }
  }

  private static boolean contains(Path file, String text) {
    try {
      return Files.size(file) == text.length() && Files.readString(file).equals(text);
    } catch (IOException _) {
      return false;
    }
  }

  private static int freePort() throws IOException {
    try (java.net.ServerSocket socket = new java.net.ServerSocket(0)) {
      return socket.getLocalPort();
    }
  }
}
