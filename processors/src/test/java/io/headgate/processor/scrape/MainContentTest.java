package io.headgate.processor.scrape;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Common page structures, with text that belongs to the main content and text that does not. */
@Timeout(30)
class MainContentTest extends ScrapeCase {

  private static final String PROSE =
      "<p>A lock on a canal lifts boats by letting water in, slowly, until both levels meet.</p>"
          + "<p>Its gates are opened by hand, and only once the pressure on both sides is equal.</p>";

  private static final String BEFORE =
      """
      <div class="cookie-consent"><p>We value your privacy and use cookies for everything we can.</p></div>
      <div id="navbar"><ul class="menu"><li><a href=/>Home</a></li><li><a href=/b>Blog</a></li></ul></div>
      """;

  private static final String AFTER =
      """
      <div class="share-bar"><a href=x>Tweet this</a></div>
      <div id="comments"><h3>Comments</h3><p>First! This comment is long enough to be taken for prose by length.</p></div>
      <div class="site-footer"><p>Imprint and a long line of legal text about who owns all of this content.</p></div>
      """;

  private String mainOf(String body) throws Exception {
    site.page("/main", "text/html", "<html><body>" + body + "</body></html>");
    return output("/main", "{\"output\":\"text\",\"main_content_only\":true}")
        .path("content")
        .asString();
  }

  private static void assertOnlyContent(String text) {
    assertThat(text)
        .contains("A lock on a canal", "Its gates")
        .doesNotContain("cookies", "Home", "Tweet", "First!", "Imprint", "Popular");
  }

  @Test
  void content_in_plain_divs_is_found_by_prose_and_class_names() throws Exception {
    assertOnlyContent(
        mainOf(
            BEFORE
                + "<div id=wrap><div class=post><h1>Locks</h1>"
                + PROSE
                + "</div><div class=sidebar><h4>Popular</h4><p>Ten tricks that engineers of canals do not want you to know.</p></div></div>"
                + AFTER));
  }

  @Test
  void an_article_keeps_its_header_without_share_bars_and_comments() throws Exception {
    String text =
        mainOf(
            BEFORE
                + "<article><header><h1>Locks</h1></header>"
                + PROSE
                + "<aside>Popular</aside>"
                + AFTER
                + "</article>");

    assertOnlyContent(text);
    assertThat(text).startsWith("Locks");
  }

  @Test
  void a_misleading_class_name_does_not_remove_the_content() throws Exception {
    assertOnlyContent(
        mainOf("<nav>Home</nav><div class='content social-post'>" + PROSE + "</div>"));
  }

  @Test
  void a_nearly_empty_page_is_kept() throws Exception {
    assertThat(mainOf("<div>Gone for lunch</div>")).isEqualTo("Gone for lunch");
  }
}
