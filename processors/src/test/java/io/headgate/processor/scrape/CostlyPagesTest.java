package io.headgate.processor.scrape;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.headgate.outbound.Site;
import io.headgate.processor.Outcome;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Pages and selectors that take much time or memory to process. */
@Tag("slow")
@Timeout(60)
class CostlyPagesTest extends ScrapeCase {

  @AfterEach
  void the_next_page_succeeds() throws Exception {
    assertThat(output("/shop/", "{}").path("title").asString()).isEqualTo("A shop");
  }

  @ParameterizedTest
  @CsvSource({
    "<div>, 1800000", "<b><i>, 1400000", "<table><tr><td>, 600000", "<ul><li>, 1100000",
    "<a href=x>, 900000", "<p>, 3000000", "<blockquote>, 800000", "<h1>, 2000000"
  })
  void ten_megabytes_of_tags_are_refused_before_they_are_parsed(String tag, int times)
      throws Exception {
    site.page("/tags", "text/html", tag.repeat(times));

    Outcome.Failed failed = failed("/tags", "{\"max_bytes\":20000000}");
    assertThat(failed.code()).isEqualTo("too-complex");
    assertThat(failed.message()).contains("more than this server has memory to parse");
    assertThat(failed.retryable()).isFalse();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "<div>",
        "<b><i>",
        "<table><tr><td>",
        "<ul><li>x",
        "<blockquote>",
        "<a href=x>",
        "<p>x"
      })
  void the_maximum_number_of_tags_is_parsed_in_time(String tag) throws Exception {
    site.page("/nest", "text/html", tag.repeat(20_000));
    long start = System.nanoTime();

    output(
        "/nest",
        "{\"outputs\":[\"markdown\",\"text\",\"html\",\"links\"],\"main_content_only\":true}");

    assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(20));
  }

  @Test
  void an_expensive_selector_ends_at_the_deadline() throws Exception {
    site.page("/wide", "text/html", "<i></i>".repeat(60_000));
    String options = "{\"fields\":{\"a\":{\"selector\":\"i ~ i ~ i ~ i ~ b\",\"all\":true}}}";
    long start = System.nanoTime();

    Outcome outcome = run(scrape, url("/wide"), options, Duration.ofSeconds(1));

    assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(8));
    if (outcome instanceof Outcome.Failed failed) {
      assertThat(failed.code()).isEqualTo("timeout");
    }
  }

  @Test
  void an_interrupt_ends_the_parsing_of_a_page() throws Exception {
    site.page("/wide", "text/html", "<i></i>".repeat(60_000));
    String options =
        "{\"fields\":{%s}}"
            .formatted(
                String.join(
                    ",",
                    IntStream.range(0, 100)
                        .mapToObj(i -> "\"f%d\":\"i:nth-last-of-type(%d) ~ b\"".formatted(i, i + 1))
                        .toList()));
    CountDownLatch fetched = new CountDownLatch(1);
    site.page(
        "/slow",
        e -> {
          Site.answer(e, 200, Map.of("Content-Type", "text/html"), "<i></i>".repeat(60_000));
          fetched.countDown();
        });
    FutureTask<Outcome> run =
        new FutureTask<>(() -> run(scrape, url("/slow"), options, Duration.ofSeconds(50)));
    Thread reader = Thread.ofVirtual().start(run);
    assertThat(fetched.await(10, TimeUnit.SECONDS)).isTrue();
    reader.interrupt();
    assertThatThrownBy(() -> run.get(8, TimeUnit.SECONDS))
        .hasCauseInstanceOf(InterruptedException.class);
  }
}
