package io.headgate.browser;

import static org.assertj.core.api.Assertions.assertThat;

import io.headgate.outbound.Site;
import java.util.Map;
import org.junit.jupiter.api.Test;

class BrowsersTest extends BrowserCase {

  @Test
  void a_page_shows_what_its_scripts_made() throws Exception {
    site.page("/", "text/html", html("raw", "document.title = 'made by script'"));

    assertThat(title("/")).isEqualTo("made by script");
  }

  @Test
  void a_visit_sees_nothing_of_earlier_visits() throws Exception {
    site.page(
        "/", "text/html", html("t", "document.title = document.cookie; document.cookie='a=1'"));

    assertThat(title("/")).isEmpty();
    assertThat(title("/")).isEmpty();
  }

  @Test
  void set_content_is_shown_without_network() throws Exception {
    site.page("/p.png", "image/png", "x");
    Visit visit = Visit.lasting(TIME_LIMIT).withNetwork(Network.NONE);

    String seen =
        browsers.visit(
            visit,
            page -> {
              page.setContent(
                  "<p>text</p><img src='" + site.url("/p.png") + "' onerror='document.title=1'>");
              page.waitForFunction("document.title == '1'");
              return page.innerText("p");
            });

    assertThat(seen).isEqualTo("text");
  }

  @Test
  void cookies_and_headers_are_sent() throws Exception {
    site.page(
        "/",
        exchange -> {
          String seen =
              exchange.getRequestHeaders().getFirst("Cookie")
                  + "|"
                  + exchange.getRequestHeaders().getFirst("X-Mine");
          Site.answer(exchange, 200, Map.of("Content-Type", "text/html"), seen);
        });
    Visit visit =
        Visit.lasting(TIME_LIMIT)
            .withHeaders(Map.of("X-Mine", "yes"))
            .withCookies("a=1; b=2", site.url("/"));

    String seen =
        browsers.visit(
            visit,
            page -> {
              page.navigate(site.url("/"));
              return page.innerText("body");
            });

    assertThat(seen).isEqualTo("a=1; b=2|yes");
  }
}
