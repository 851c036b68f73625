package io.headgate.browser;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Optional;
import org.junit.jupiter.api.Test;

class PageSourceTest extends BrowserCase {

  private int pages;

  private Optional<String> source(String html, int maxCharacters) throws Exception {
    String path = "/" + pages++;
    site.page(path, "text/html; charset=utf-8", html);
    return browsers.visit(
        Visit.lasting(TIME_LIMIT),
        page -> {
          page.navigate(site.url(path));
          return PageSource.of(page, maxCharacters);
        });
  }

  @Test
  void it_is_the_page_as_its_scripts_left_it_with_its_doctype() throws Exception {
    assertThat(source("<!doctype html><p id=a>old<script>a.innerText = 'ü'</script>", 1_000))
        .hasValueSatisfying(html ->
            assertThat(html).startsWith("<!DOCTYPE html><html>").contains("<p id=\"a\">ü</p>"));
  }

  @Test
  void a_source_above_the_limit_is_not_returned() throws Exception {
    String grow = "<!doctype html><script>document.write('x'.repeat(%d))</script>";
    assertThat(source(grow.formatted(5_000), 5_000)).isEmpty();
    assertThat(source(grow.formatted(5_000), 5_200)).isPresent();
  }

  @Test
  void a_page_cannot_falsify_its_source() throws Exception {
    assertThat(
            source(
                """
                <!doctype html><title>whole</title><form name=documentElement></form>
                <script>
                Object.defineProperty(Element.prototype, 'outerHTML', {get: () => 'a lie'});
                </script>\
                """,
                1_000))
        .hasValueSatisfying(html ->
            assertThat(html).startsWith("<!DOCTYPE html><html>").contains("<title>whole</title>"));
  }
}
