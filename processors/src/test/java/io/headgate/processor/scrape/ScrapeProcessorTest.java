package io.headgate.processor.scrape;

import static org.assertj.core.api.Assertions.assertThat;

import io.headgate.outbound.Outbound;
import io.headgate.outbound.Site;
import io.headgate.processor.Outcome;
import java.io.ByteArrayOutputStream;
import java.nio.charset.Charset;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

@Timeout(30)
class ScrapeProcessorTest extends ScrapeCase {

  @Test
  void a_page_becomes_markdown_with_absolute_links() throws Exception {
    JsonNode output = output("/shop/", "{}");
    assertThat(output.path("title").asString()).isEqualTo("A shop");
    assertThat(output.path("status").asInt()).isEqualTo(200);
    assertThat(output.path("url").asString()).isEqualTo(site.url("/shop/"));
    assertThat(output.path("final_url").asString()).isEqualTo(site.url("/shop/"));
    assertThat(output.path("content_type").asString()).isEqualTo("text/html");
    assertThat(output.path("bytes").asInt()).isEqualTo(SHOP.length());
    assertThat(output.path("content").asString())
        .contains("# Things")
        .contains("Buy **now** at [the counter](" + site.url("/shop/buy?x=1#top") + ").")
        .contains("* One\n* Two")
        .contains("| Name | Price |")
        .contains("![picture](" + site.url("/p.png") + ")")
        .contains("Imprint")
        .doesNotContain("alert");
  }

  @Test
  void a_page_becomes_text_with_a_line_for_each_block() throws Exception {
    assertThat(output("/shop/", "{\"output\":\"text\"}").path("content").asString())
        .isEqualTo(
            """
            Home
            Things
            Buy now at the counter.
            One
            Two
            Name Price
            One 5
            Imprint\
            """);
  }

  @Test
  void main_content_excludes_navigation_and_footer() throws Exception {
    assertThat(
            output("/shop/", "{\"output\":\"text\",\"main_content_only\":true}")
                .path("content")
                .asString())
        .startsWith("Things")
        .doesNotContain("Home", "Imprint");
  }

  @Test
  void include_and_exclude_select_parts() throws Exception {
    assertThat(
            output(
                    "/shop/",
                    "{\"output\":\"text\",\"include\":\"h1, ul\",\"exclude\":\"[data-id]\"}")
                .path("content")
                .asString())
        .isEqualTo("Things\nTwo");
  }

  @Test
  void html_is_the_whole_page() throws Exception {
    assertThat(output("/shop/", "{\"output\":\"html\"}").path("content").asString())
        .contains("<script>", "<title>", "Imprint");
  }

  @Test
  void links_are_absolute_and_unique() throws Exception {
    site.page(
        "/l",
        "text/html",
        "<base href='/b/'><a href=x>first</a><a href=x>again</a><a href='mailto:a@b'>m</a>"
            + "<a href='javascript:x'>j</a><a href='//other.example/y'></a>");
    JsonNode links = output("/l", "{\"output\":\"links\"}").path("links");
    assertThat(links)
        .isEqualTo(
            JSON.readTree(
                "[{\"url\":\""
                    + site.url("/b/x")
                    + "\",\"text\":\"first\"},"
                    + "{\"url\":\"http://other.example/y\",\"text\":\"\"}]"));
  }

  @Test
  void metadata_comes_from_the_head() throws Exception {
    JsonNode metadata = output("/shop/", "{\"output\":\"metadata\"}").path("metadata");
    assertThat(metadata.path("language").asString()).isEqualTo("en");
    assertThat(metadata.path("canonical_url").asString()).isEqualTo(site.url("/shop"));
    assertThat(metadata.path("icon_url").asString()).isEqualTo(site.url("/i.ico"));
    assertThat(metadata.path("meta").path("description").asString()).isEqualTo("Sells things");
    assertThat(metadata.path("meta").path("og:title").asString()).isEqualTo("Shop");
  }

  @Test
  void fields_are_taken_by_selector() throws Exception {
    String options =
        """
        {"fields":{"title":"h1","items":{"selector":"li","all":true},"none":".nothing",
          "link":{"selector":"main a","attribute":"href"},
          "ids":{"selector":"li","attribute":"data-id","all":true}}}
        """;
    assertThat(output("/shop/", options).path("fields"))
        .isEqualTo(
            JSON.readTree(
                """
                {"title":"Things","items":["One","Two"],"none":null,"link":"%s","ids":["1",null]}
                """
                    .formatted(site.url("/shop/buy?x=1#top"))));
  }

  @ParameterizedTest
  @CsvSource({
    "text/html; charset=iso-8859-1, '', iso-8859-1",
    "text/html, <meta charset=windows-1251>, windows-1251",
    "text/html, '', utf-8",
    "text/html; charset=nonsense, <meta charset=iso-8859-5>, iso-8859-5",
    "text/html; charset=iso-8859-1, \uFEFF, utf-8",
    "text/html, \uFEFF, utf-16le",
    "text/plain; charset=shift_jis, '', shift_jis",
    "text/plain, \uFEFF, utf-16be",
  })
  void the_charset_comes_from_header_byte_order_mark_or_meta(
      String type, String start, String charset) throws Exception {
    String word =
        charset.contains("jis")
            ? "日本"
            : charset.contains("125") || charset.endsWith("-5") ? "Привет" : "é";
    byte[] body = (start + word).getBytes(Charset.forName(charset));
    site.page("/", e -> Site.answer(e, 200, Map.of("Content-Type", type), body));
    assertThat(output("/", "{\"output\":\"text\"}").path("content").asString()).isEqualTo(word);
  }

  @Test
  void text_other_than_html_is_returned_unchanged() throws Exception {
    site.page("/j", "application/ld+json; charset=utf-8", "{\"a\": \"ä\"}");
    assertThat(output("/j", "{}").path("content").asString()).isEqualTo("{\"a\": \"ä\"}");
    site.page("/x", "application/rss+xml", "<rss>*</rss>");
    assertThat(output("/x", "{}").path("content").asString()).isEqualTo("<rss>*</rss>");
  }

  @ParameterizedTest
  @CsvSource({"image/png, {}", "application/pdf, {}", "text/plain, {\"output\":\"links\"}"})
  void an_unsupported_page_fails_permanently(String type, String options) throws Exception {
    site.page("/", type, "x");
    assertThat(failed("/", options))
        .isEqualTo(
            Outcome.Failed.permanent(
                "unsupported-content",
                "the requested output is not available for a page of " + type));
  }

  @ParameterizedTest
  @CsvSource({
    "400, false",
    "401, false",
    "403, false",
    "404, false",
    "410, false",
    "408, true",
    "425, true",
    "429, true",
    "500, true",
    "503, true",
    "304, false"
  })
  void an_error_status_fails_temporarily_or_permanently(int status, boolean passing)
      throws Exception {
    site.page("/", e -> Site.answer(e, status, Map.of("Retry-After", "17"), ""));
    Outcome.Failed failed = failed("/", "{}");
    assertThat(failed.code()).isEqualTo("http-" + status);
    assertThat(failed.retryable()).isEqualTo(passing);
    assertThat(failed.retryAfter()).contains(Duration.ofSeconds(17));
  }

  @Test
  void a_redirect_ends_at_the_final_url() throws Exception {
    site.redirect("/go", "/shop/");
    JsonNode output = output("/go", "{}");
    assertThat(output.path("url").asString()).isEqualTo(site.url("/go"));
    assertThat(output.path("final_url").asString()).isEqualTo(site.url("/shop/"));
  }

  @Test
  void limits_of_the_options_are_enforced() throws Exception {
    assertThat(failed("/shop/", "{\"max_bytes\":10}").code()).isEqualTo("too-large");
    site.redirect("/go", "/shop/");
    assertThat(failed("/go", "{\"max_redirects\":0}").code()).isEqualTo("http-302");
  }

  @Test
  void private_targets_are_refused_by_default() throws Exception {
    try (Outbound strict = new Outbound(false, InstantSource.system())) {
      Outcome outcome =
          run(new ScrapeProcessor(strict), url("/shop/"), "{}", Duration.ofSeconds(9));
      assertThat(((Outcome.Failed) outcome).code()).isEqualTo("target-refused");
      assertThat(((Outcome.Failed) outcome).retryable()).isFalse();
    }
  }

  @Test
  void headers_of_the_item_override_those_of_the_batch() throws Exception {
    site.page(
        "/",
        e ->
            Site.answer(
                e,
                200,
                Map.of("Content-Type", "text/plain"),
                e.getRequestHeaders().getFirst("X-A")
                    + e.getRequestHeaders().getFirst("User-Agent")));
    JsonNode input =
        JSON.readTree("{\"url\":\"" + site.url("/") + "\",\"headers\":{\"x-a\":\"item-\"}}");
    Outcome outcome =
        run(
            scrape,
            input,
            "{\"headers\":{\"X-A\":\"batch\"},\"user_agent\":\"me\"}",
            Duration.ofSeconds(9));
    assertThat(((Outcome.Succeeded) outcome).output().path("content").asString())
        .isEqualTo("item-me");
  }

  @Test
  void a_page_nested_ten_thousand_levels_deep_is_processed() throws Exception {
    site.page("/", "text/html", "<div><b>".repeat(10_000) + "deep");
    for (String output : List.of("markdown", "text", "html", "links")) {
      assertThat(output("/", "{\"output\":\"" + output + "\"}").has("title")).isTrue();
    }
  }

  @Test
  void a_selector_with_a_costly_expression_ends() throws Exception {
    site.page("/", "text/html", "<p class=" + "a".repeat(5_000) + "!>x</p>");
    assertThat(output("/", "{\"fields\":{\"x\":\"p[class~=^(a+)+$]\"}}").path("fields").has("x"))
        .isTrue();
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "/empty"})
  void an_empty_page_is_an_empty_content(String type) throws Exception {
    site.page(
        "/",
        e ->
            Site.answer(
                e,
                200,
                type.isEmpty() ? Map.of() : Map.of("Content-Type", "text/html"),
                new ByteArrayOutputStream().toByteArray()));
    assertThat(output("/", "{}").path("content").asString()).isEmpty();
  }
}
