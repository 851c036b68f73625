package io.headgate.browser;

import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Page;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** An interrupt ends a visit within a second, whatever its page does. */
@Tag("browser")
class InterruptedVisitTest extends BrowserCase {

  private static final String HUGE =
      "<div style='background:linear-gradient(red,blue)'>" + "<p>line of it".repeat(1_500);

  @ParameterizedTest
  @ValueSource(strings = {"while (true) {}", "while (true) alert(1)", "while (true) open('/slow')"})
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
  void an_interrupt_ends_code_that_waits_for_the_page() throws Exception {
    assertAnInterruptEnds(page -> page.waitForSelector("#never"));
  }

  @Test
  void an_interrupt_ends_an_evaluated_script_that_spins() throws Exception {
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

  private void assertAnInterruptEnds(Browsers.PageWork<Object> work) throws Exception {
    CountDownLatch started = new CountDownLatch(1);
    CompletableFuture<Long> ended = new CompletableFuture<>();
    Thread thread =
        Thread.ofVirtual()
            .start(() -> {
              try {
                browsers.visit(
                    Visit.lasting(TIME_LIMIT),
                    page -> {
                      started.countDown();
                      return work.apply(page);
                    });
                ended.completeExceptionally(new AssertionError("the visit ended by itself"));
              } catch (InterruptedException _) {
                ended.complete(System.nanoTime());
              } catch (Throwable e) {
                ended.completeExceptionally(e);
              }
            });
    assertThat(started.await(20, TimeUnit.SECONDS)).isTrue();
    assertThat(new CountDownLatch(1).await(700, TimeUnit.MILLISECONDS))
        .isFalse(); // the page hangs by now
    long interrupted = System.nanoTime();
    thread.interrupt();

    long took = ended.get(10, TimeUnit.SECONDS) - interrupted;
    assertThat(Duration.ofNanos(took)).isLessThan(Duration.ofSeconds(1));
    assertTheNextVisitWorks();
  }

  private static void awaitQuietly(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    }
  }
}
