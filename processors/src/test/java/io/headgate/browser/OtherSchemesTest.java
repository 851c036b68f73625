package io.headgate.browser;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Pages see neither files of the machine nor pages of the browser, and no network if so set. */
class OtherSchemesTest extends BrowserCase {

  private static final Visit VISIT = Visit.lasting(TIME_LIMIT);
  private static final double A_MOMENT = 700;

  @ParameterizedTest
  @ValueSource(
      strings = {
        "view-source:http://127.0.0.1:1/",
        "file:///etc/hostname",
        "view-source:file:///etc/hostname",
        "ftp://127.0.0.1/"
      })
  void only_the_web_is_visited(String url) {
    BrowserException exception = failure(url);

    assertThat(exception.retryable()).as(exception.message()).isFalse();
  }

  @ParameterizedTest
  @ValueSource(strings = {"file:///etc/hostname", "chrome://version", "devtools://devtools/"})
  void no_page_leaves_the_web_by_itself(String url) throws Exception {
    site.page(
        "/",
        "text/html",
        "<script>open('%1$s'); location.href = '%1$s'</script><a href='%1$s'>go</a>"
            .formatted(url));

    String end =
        browsers.visit(
            VISIT,
            page -> {
              page.navigate(site.url("/"));
              page.click("a");
              page.waitForTimeout(A_MOMENT);
              return page.url();
            });

    assertThat(end).isEqualTo(site.url("/"));
  }

  @Test
  void no_page_sees_a_file_of_the_machine() throws Exception {
    site.page(
        "/",
        "text/html",
        """
        <iframe src="file:///etc/hostname"></iframe><script>
        document.title = 'asked';
        fetch('file:///etc/hostname').then(() => document.title = 'seen');
        const x = new XMLHttpRequest(); x.onload = () => document.title = 'seen';
        x.open('GET', 'file:///etc/hostname'); x.send();
        location.href = 'file:///etc/hostname';
        </script>\
        """);

    String title =
        browsers.visit(
            VISIT,
            page -> {
              page.navigate(site.url("/"));
              page.waitForTimeout(A_MOMENT);
              assertThat(page.frames()).noneMatch(frame -> frame.url().startsWith("file"));
              return page.title() + page.url();
            });

    assertThat(title).isEqualTo("asked" + site.url("/"));
  }

  @Test
  void a_page_without_network_reaches_nothing_at_all() throws Exception {
    AtomicInteger asked = new AtomicInteger();
    site.page(
        "/",
        exchange -> {
          asked.incrementAndGet();
          exchange.close();
        });

    browsers.visit(
        VISIT.withNetwork(Network.NONE),
        page -> {
          page.setContent("<img src='" + site.url("/") + "' onerror='document.title = 1'>");
          page.waitForFunction("document.title == '1'");
          return true;
        });

    assertThat(asked).hasValue(0);
  }

  private BrowserException failure(String url) {
    return catchThrowableOfType(
        BrowserException.class, () -> browsers.visit(VISIT, page -> page.navigate(url)));
  }
}
