package io.headgate.processor.scrape;

import static org.assertj.core.api.Assertions.assertThat;

import io.headgate.outbound.Site;
import io.headgate.processor.Outcome;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;

/** The for_each action: its modes, limits and failures. */
@Tag("browser")
class ForEachInBrowserTest extends ScrapeBrowserCase {

  private static final String PAGES =
      """
      {'mode':'browser','output':'text','actions':[{'type':'for_each','observe':'#list li',
        'pagination':{'next_selector':'#more','max_pages':9}}]}\
      """;
  private static final String LIST =
      """
      <!doctype html><title>List</title><ul id=list></ul><button id=more>more</button>
      <dialog id=details></dialog><script>
      let at = 0;
      function show() {
        at++;
        list.innerHTML = '';
        for (const name of ['A', 'B']) {
          const one = document.createElement('li');
          one.innerHTML = '<a href="/thing?' + name + at + '">' + name + at + '</a>';
          one.onclick = e => {
            e.preventDefault();
            details.innerHTML = '<p>about ' + one.textContent + '</p>';
            details.showModal();
          };
          list.append(one);
        }
        more.disabled = at == 3;
      }
      more.onclick = show;
      show();
      </script>\
      """;

  @Test
  void for_each_captures_elements_inline_on_all_pages() throws Exception {
    site.page("/", "text/html", LIST);

    JsonNode items =
        output(
                """
                {'output': 'text', 'actions': [{'type': 'for_each', 'observe': '#list li',
                  'pagination': {'next_selector': '#more', 'max_pages': 10}}]}\
                """)
            .path("for_each")
            .path(0)
            .path("items");

    assertThat(texts(items)).containsExactly("A1", "B1", "A2", "B2", "A3", "B3");
    assertThat(items.path(5).path("page").asInt()).isEqualTo(3);
  }

  @Test
  void for_each_clicks_and_captures_what_appears() throws Exception {
    site.page("/", "text/html", LIST);

    JsonNode items =
        output(
                """
                {'output': 'text', 'actions': [{'type': 'for_each', 'observe': '#list li',
                  'mode': 'click', 'capture_selector': '#details', 'wait_after_click': 50,
                  'max_items': 3, 'pagination': {'next_selector': '#more'}}]}\
                """)
            .path("for_each")
            .path(0)
            .path("items");

    assertThat(texts(items)).containsExactly("about A1", "about B1", "about A2");
  }

  @Test
  void for_each_follows_links_and_acts_there() throws Exception {
    site.page("/", "text/html", LIST);
    site.page(
        "/thing",
        exchange ->
            Site.answer(
                exchange,
                200,
                Map.of("Content-Type", "text/html"),
                "<h1 onclick='this.textContent += \"!\"'>" + exchange.getRequestURI().getQuery()));

    JsonNode output =
        output(
            """
            {'fields': {'name': 'h1'}, 'actions': [{'type': 'for_each', 'observe': '#list li',
              'mode': 'navigate', 'wait_after_click': 0,
              'actions': [{'type': 'click', 'selector': 'h1'}],
              'pagination': {'next_selector': '#more', 'max_pages': 2}}]}\
            """);

    JsonNode items = output.path("for_each").path(0).path("items");
    assertThat(items.valueStream().map(one -> one.path("fields").path("name").asString()))
        .containsExactly("A1!", "B1!", "A2!", "B2!");
    assertThat(items.path(2).path("url").asString()).isEqualTo(site.url("/thing?A2"));
    assertThat(output.path("final_url").asString()).isEqualTo(site.url("/"));
  }

  @Test
  void a_later_page_without_elements_is_the_last_even_with_a_next_link() throws Exception {
    site.page(
        "/",
        "text/html",
        """
        <ul id=list><li>A</li></ul><button id=more>more</button><button id=clear>clear</button>
        <script>
        let second = false;
        more.onclick = () => { second = true; list.innerHTML = '<li>B</li>'; };
        clear.onclick = () => { if (second) list.innerHTML = ''; };
        </script>\
        """);

    Outcome outcome =
        run(
            PAGES.replace(
                "'pagination'", "'actions':[{'type':'click','selector':'#clear'}],'pagination'"));

    assertThat(outcome).isInstanceOf(Outcome.Succeeded.class);
    assertThat(((Outcome.Succeeded) outcome).output().at("/for_each/0/items")).hasSize(2);
  }

  @Test
  void all_for_each_actions_together_are_limited_in_bytes() throws Exception {
    site.page("/", "text/html", "<ul id=list><li>" + "x".repeat(60_000) + "</li></ul>");
    String each = "{'type':'for_each','observe':'#list li'}";

    assertThat(run("{'mode':'browser','max_bytes':100000,'actions':[%s]}".formatted(each)))
        .isInstanceOf(Outcome.Succeeded.class);
    assertThat(run("{'mode':'browser','max_bytes':100000,'actions':[%s,%s]}".formatted(each, each)))
        .isEqualTo(
            Outcome.Failed.permanent(
                "too-large",
                "actions.1 (for_each): the captured pieces are larger than max_bytes (100,000)"));
  }

  @Test
  void all_for_each_actions_together_are_limited_in_pieces() throws Exception {
    site.page("/", "text/html", "<ul id=list>" + "<li>x</li>".repeat(50) + "</ul>");
    String each = "{'type':'for_each','observe':'#list li'}";
    String eleven = (each + ",").repeat(10) + each;

    assertThat(run("{'mode':'browser','actions':[" + eleven + "]}"))
        .isEqualTo(
            Outcome.Failed.permanent(
                "too-large", "actions.10 (for_each): more than 500 pieces were captured"));
  }

  @Test
  void a_covered_next_link_fails_the_item_and_is_named() throws Exception {
    site.page(
        "/",
        "text/html",
        """
        <ul id=list><li>A</li></ul><button id=more>more</button>
        <div style="position:fixed;inset:0;background:#fff8">accept our cookies</div>\
        """);

    assertThat(run(PAGES))
        .isEqualTo(
            Outcome.Failed.permanent(
                "action-failed", "actions.0 (for_each): '#more' cannot be clicked"));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          'observe':'a[['
          'observe':'li','capture_selector':'a[['
          'observe':'li','pagination':{'next_selector':'a[[','max_pages':2}
          """,
      quoteCharacter = '~')
  void an_invalid_selector_fails_permanently_and_is_named(String fields) throws Exception {
    site.page("/", "text/html", "<ul><li>A</li><li>B</li></ul>");

    assertThat(run("{'mode':'browser','actions':[{'type':'for_each'," + fields + "}]}"))
        .isEqualTo(
            Outcome.Failed.permanent(
                "action-failed",
                "actions.0 (for_each): 'a[[' is not a valid selector or not for this kind of"
                    + " element"));
  }

  @Test
  void an_invalid_wait_for_selector_fails_permanently() throws Exception {
    site.page("/", "text/html", "<p>here");

    assertThat(run("{'mode':'browser','wait_for':'a[['}"))
        .isEqualTo(
            Outcome.Failed.permanent("action-failed", "wait_for: 'a[[' is not a valid selector"));
  }

  private static List<String> texts(JsonNode items) {
    return items.valueStream().map(one -> one.path("content").asString()).toList();
  }

  private JsonNode output(String options) throws Exception {
    Outcome outcome = run(options);
    assertThat(outcome).isInstanceOf(Outcome.Succeeded.class);
    return ((Outcome.Succeeded) outcome).output();
  }
}
