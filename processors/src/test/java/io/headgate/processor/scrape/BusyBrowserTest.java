package io.headgate.processor.scrape;

import static org.assertj.core.api.Assertions.assertThat;

import io.headgate.browser.Browsers;
import io.headgate.processor.Outcome;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** One browser that a slow page occupies, and what happens to other items. */
@Tag("browser")
@Timeout(60)
class BusyBrowserTest extends ScrapeBrowserCase {

  private static final String BROWSER = "{'mode':'browser','output':'text'}";

  private CountDownLatch requested = new CountDownLatch(1);
  private CountDownLatch released = new CountDownLatch(1);

  @Override
  Browsers.BrowserSettings settings(Path folder) {
    return new Browsers.BrowserSettings(
        1, Optional.empty(), Browsers.BrowserLimits.defaults(1), folder);
  }

  @BeforeEach
  void addSlowPage() {
    requested = new CountDownLatch(1);
    released = new CountDownLatch(1);
    site.page(
        "/long",
        exchange -> {
          requested.countDown();
          awaitRelease();
        });
    site.page("/", "text/html", "<p>here");
  }

  private void awaitRelease() throws IOException {
    try {
      assertThat(released.await(TIME.toSeconds(), TimeUnit.SECONDS)).isTrue();
    } catch (InterruptedException e) {
      throw new IOException(e);
    }
  }

  private List<FutureTask<Outcome>> visits(int number) throws InterruptedException {
    List<FutureTask<Outcome>> visits = new ArrayList<>();
    for (int i = 0; i < number; i++) {
      FutureTask<Outcome> visit = new FutureTask<>(() -> run("/long", BROWSER, TIME));
      visits.add(visit);
      Thread.ofVirtual().start(visit);
    }
    assertThat(requested.await(30, TimeUnit.SECONDS)).isTrue();
    return visits;
  }

  private void release(List<FutureTask<Outcome>> visits) {
    released.countDown();
    visits.forEach(visit -> visit.cancel(true));
  }

  @Test
  void an_item_that_gets_no_browser_in_time_has_not_started() throws Exception {
    List<FutureTask<Outcome>> visits = visits(1);

    assertThat(run("/", BROWSER, Duration.ofSeconds(2)))
        .isEqualTo(
            new Outcome.ResourceBusy("browser-busy", "no browser was free before the deadline"));
    release(visits);
  }

  @Test
  void pages_that_wait_for_a_browser_do_not_hold_up_fetches_from_their_host() throws Exception {
    List<FutureTask<Outcome>> visits = visits(8);

    assertThat(run("/", "{'output':'text'}", Duration.ofSeconds(5)))
        .isInstanceOf(Outcome.Succeeded.class);
    release(visits);
  }
}
