package io.headgate.browser;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.microsoft.playwright.Page;
import io.headgate.outbound.Site;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Pages that hang, crash, fork and nag: the visit ends in time, and the next one works. */
class BadPagesTest extends BrowserCase {

  private static final String HUGE =
      "<div style='background:linear-gradient(red,blue)'>" + "<p>line of it".repeat(1_500);
  private static final String SPINS = "while (true) {}";

  private boolean fine;

  @AfterEach
  void forgetFine() {
    fine = false;
  }

  @Test
  void a_page_that_spins_ends_with_its_limit() throws Exception {
    site.page("/", "text/html", html("t", SPINS));
    assertTheNextVisitWorks(); // it has a browser now, the start of which takes its time
    long start = System.nanoTime();

    BrowserTrouble trouble = trouble(Duration.ofSeconds(2), page -> page.navigate(site.url("/")));

    assertThat(trouble.code()).isEqualTo("timeout");
    assertThat(trouble.passing()).isTrue();
    assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(3));
    assertTheNextVisitWorks();
  }

  @ParameterizedTest
  @ValueSource(strings = {SPINS, "while (true) alert(1)", "while (true) open('/slow')"})
  void an_interrupt_ends_within_a_second_whatever_the_page_does(String script) throws Exception {
    site.page("/", "text/html", html("t", script));

    assertAnInterruptEnds(page -> page.navigate(site.url("/")));
  }

  @Test
  void an_interrupt_ends_a_page_that_waits_for_an_answer() throws Exception {
    CountDownLatch over = new CountDownLatch(1);
    site.page("/", exchange -> awaitQuietly(over));

    assertAnInterruptEnds(page -> page.navigate(site.url("/")));
    over.countDown();
  }

  @Test
  void an_interrupt_ends_work_that_waits_for_the_page() throws Exception {
    assertAnInterruptEnds(page -> page.waitForSelector("#never"));
  }

  @Test
  void an_interrupt_ends_a_script_that_spins_for_us() throws Exception {
    assertAnInterruptEnds(page -> page.evaluate("() => { for (;;); }"));
  }

  @Test
  void an_interrupt_ends_pictures_of_a_huge_page() throws Exception {
    assertAnInterruptEnds(page -> {
      page.setContent(HUGE);
      while (true) {
        page.screenshot(new Page.ScreenshotOptions().setFullPage(true));
      }
    });
  }

  @Test
  void an_interrupt_ends_the_printing_of_a_huge_page() throws Exception {
    assertAnInterruptEnds(page -> {
      page.setContent(HUGE);
      while (true) {
        page.pdf();
      }
    });
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
            Visit.lasting(TIME),
            page -> {
              page.navigate(site.url("/"));
              page.click("a");
              page.waitForTimeout(1_000);
              return page.context().pages().size();
            });

    assertThat(left).isEqualTo(1);
  }

  @Test
  void a_crashed_page_is_passing_and_the_next_visit_works() throws Exception {
    BrowserTrouble trouble =
        trouble(
            TIME,
            page -> {
              page.setContent("fine");
              renderers().forEach(ProcessHandle::destroyForcibly);
              return page.waitForSelector("#never");
            });

    assertThat(trouble.code()).as(String.valueOf(trouble.getCause())).isEqualTo("browser-crashed");
    assertThat(trouble.passing()).isTrue();
    assertTheNextVisitWorks();
  }

  @Test
  void a_killed_browser_is_passing_and_the_next_visit_works() throws Exception {
    BrowserTrouble trouble =
        trouble(
            TIME,
            page -> {
              browserProcesses().forEach(ProcessHandle::destroyForcibly);
              return page.waitForSelector("#never");
            });

    assertThat(trouble.passing()).isTrue();
    assertThat(trouble.code()).isEqualTo("browser-crashed");
    assertTheNextVisitWorks();
  }

  @Test
  void a_driver_that_hangs_is_killed_with_its_browser() throws Exception {
    BrowserTrouble trouble =
        trouble(
            Duration.ofSeconds(4),
            page -> {
              freeze(Processes.drivers().toList());
              return page.title();
            });

    assertThat(trouble.code()).isEqualTo("timeout");
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

    BrowserTrouble trouble = trouble(TIME, page -> page.navigate(site.url("/file")));
    assertThat(trouble.code()).isEqualTo("unsupported-content");
    assertThat(trouble.passing()).isFalse();

    browsers.visit(
        Visit.lasting(TIME),
        page -> {
          page.navigate(site.url("/"));
          page.click("a");
          page.waitForTimeout(500);
          assertThat(written("a file that should not be here")).isEmpty();
          return true;
        });
  }

  @Test
  void a_failed_connection_says_so() throws IOException {
    int port = freePort();

    BrowserTrouble trouble = trouble(TIME, page -> page.navigate("http://127.0.0.1:" + port + "/"));

    assertThat(trouble.code()).isEqualTo("connect");
    assertThat(trouble.message()).isEqualTo("cannot connect to 127.0.0.1:" + port);
  }

  private void assertAnInterruptEnds(Browsers.Work<Object> work) throws Exception {
    CountDownLatch started = new CountDownLatch(1);
    CompletableFuture<Long> ended = new CompletableFuture<>();
    Thread thread =
        Thread.ofVirtual()
            .start(() -> {
              try {
                browsers.visit(
                    Visit.lasting(TIME),
                    page -> {
                      started.countDown();
                      return work.on(page);
                    });
                ended.completeExceptionally(new AssertionError("the visit ended by itself"));
              } catch (InterruptedException _) {
                ended.complete(System.nanoTime());
              } catch (Throwable e) {
                ended.completeExceptionally(e);
              }
            });
    assertThat(started.await(20, TimeUnit.SECONDS)).isTrue();
    assertThat(new CountDownLatch(1).await(700, TimeUnit.MILLISECONDS)).isFalse(); // it hangs now
    long interrupted = System.nanoTime();
    thread.interrupt();

    long took = ended.get(10, TimeUnit.SECONDS) - interrupted;
    assertThat(Duration.ofNanos(took)).isLessThan(Duration.ofSeconds(1));
    assertTheNextVisitWorks();
  }

  private void assertTheNextVisitWorks() throws Exception {
    if (!fine) {
      site.page("/fine", "text/html", html("fine", ""));
      fine = true;
    }
    assertThat(title("/fine")).isEqualTo("fine");
  }

  private BrowserTrouble trouble(Duration limit, Browsers.Work<Object> work) {
    return catchThrowableOfType(
        BrowserTrouble.class, () -> browsers.visit(Visit.lasting(limit), work));
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
      return all.filter(Files::isRegularFile).filter(file -> holds(file, text)).toList();
    }
  }

  private static boolean holds(Path file, String text) {
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

  private static void awaitQuietly(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    }
  }
}
