package io.headgate.processor.scrape;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.headgate.outbound.RawServer;
import io.headgate.outbound.Site;
import io.headgate.processor.Outcome;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(30)
class HostLimiterTest extends ScrapeCase {

  @Test
  void the_concurrency_for_one_host_is_limited() throws Exception {
    AtomicInteger now = new AtomicInteger();
    AtomicInteger most = new AtomicInteger();
    CountDownLatch third = new CountDownLatch(3);
    site.page(
        "/",
        e -> {
          most.accumulateAndGet(now.incrementAndGet(), Math::max);
          third.countDown();
          awaitUnexpected(third);
          now.decrementAndGet();
          Site.answer(e, 200, Map.of("Content-Type", "text/plain"), "x");
        });
    List<FutureTask<Outcome>> runs = new ArrayList<>();
    for (int i = 0; i < 10; i++) {
      FutureTask<Outcome> run =
          new FutureTask<>(
              () -> run(scrape, url("/"), "{\"per_host_concurrency\":2}", Duration.ofSeconds(20)));
      Thread.ofVirtual().start(run);
      runs.add(run);
    }
    for (FutureTask<Outcome> run : runs) {
      assertThat(run.get()).isInstanceOf(Outcome.Succeeded.class);
    }
    assertThat(most).hasValue(2);
  }

  @Test
  void fetches_from_one_host_start_a_delay_apart() throws Exception {
    List<Long> starts = new ArrayList<>();
    site.page(
        "/",
        e -> {
          starts.add(System.nanoTime());
          Site.answer(e, 200, Map.of("Content-Type", "text/plain"), "x");
        });
    for (int i = 0; i < 3; i++) {
      output("/", "{\"per_host_delay_seconds\":0.2}");
    }
    assertThat(starts.get(2) - starts.get(0)).isGreaterThan(Duration.ofMillis(350).toNanos());
  }

  @Test
  void waiting_for_a_slot_counts_against_the_deadline() throws Exception {
    output("/shop/", "{\"per_host_delay_seconds\":60}");
    Outcome outcome =
        run(scrape, url("/shop/"), "{\"per_host_delay_seconds\":60}", Duration.ofMillis(300));
    assertThat(outcome)
        .isEqualTo(
            new Outcome.ResourceBusy(
                "host-busy",
                "no fetch slot for 127.0.0.1:" + site.port() + " became free before the deadline"));
  }

  @Test
  void an_interrupt_ends_the_wait_for_a_slot() throws Exception {
    output("/shop/", "{\"per_host_delay_seconds\":60}");
    FutureTask<Outcome> run =
        new FutureTask<>(() ->
            run(scrape, url("/shop/"), "{\"per_host_delay_seconds\":60}", Duration.ofSeconds(100)));
    Thread thread = Thread.ofVirtual().start(run);
    thread.interrupt();
    assertThatThrownBy(() -> run.get(5, TimeUnit.SECONDS))
        .hasCauseInstanceOf(InterruptedException.class);
  }

  @Test
  void an_interrupt_ends_a_fetch() throws Exception {
    try (RawServer silent = new RawServer(out -> new CountDownLatch(1).await())) {
      FutureTask<Outcome> run =
          new FutureTask<>(() ->
              run(
                  scrape,
                  JSON.getNodeFactory().stringNode(silent.url()),
                  "{}",
                  Duration.ofSeconds(100)));
      Thread thread = Thread.ofVirtual().start(run);
      assertThat(silent.requested.await(10, TimeUnit.SECONDS)).isTrue();
      thread.interrupt();
      assertThatThrownBy(() -> run.get(5, TimeUnit.SECONDS))
          .hasCauseInstanceOf(InterruptedException.class);
    }
  }

  @Test
  void the_deadline_of_the_attempt_ends_a_fetch() throws Exception {
    try (RawServer silent = new RawServer(out -> new CountDownLatch(1).await())) {
      Outcome outcome =
          run(scrape, JSON.getNodeFactory().stringNode(silent.url()), "{}", Duration.ofMillis(200));
      assertThat(((Outcome.Failed) outcome).code()).isEqualTo("timeout");
    }
  }
}
