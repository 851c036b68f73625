package io.headgate.processor.scrape;

import static org.assertj.core.api.Assertions.assertThat;

import io.headgate.processor.Outcome;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The limits and failures of for_each actions. */
class ForEachInBrowserTest extends ScrapeBrowserCase {

  private static final String PAGES =
      """
      {'mode':'browser','output':'text','actions':[{'type':'for_each','observe':'#list li',
        'pagination':{'next_selector':'#more','max_pages':9}}]}\
      """;

  @Test
  void a_later_page_without_things_is_the_last_although_it_has_a_next() throws Exception {
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
  void what_all_for_each_gather_together_is_bounded_in_bytes() throws Exception {
    site.page("/", "text/html", "<ul id=list><li>" + "x".repeat(60_000) + "</li></ul>");
    String each = "{'type':'for_each','observe':'#list li'}";

    assertThat(run("{'mode':'browser','max_bytes':100000,'actions':[%s]}".formatted(each)))
        .isInstanceOf(Outcome.Succeeded.class);
    assertThat(run("{'mode':'browser','max_bytes':100000,'actions':[%s,%s]}".formatted(each, each)))
        .isEqualTo(
            Outcome.Failed.lasting(
                "too-large",
                "actions.1 (for_each): the captured pieces are larger than max_bytes (100,000)"));
  }

  @Test
  void what_all_for_each_gather_together_is_bounded_in_number() throws Exception {
    site.page("/", "text/html", "<ul id=list>" + "<li>x</li>".repeat(50) + "</ul>");
    String each = "{'type':'for_each','observe':'#list li'}";
    String eleven = (each + ",").repeat(10) + each;

    assertThat(run("{'mode':'browser','actions':[" + eleven + "]}"))
        .isEqualTo(
            Outcome.Failed.lasting(
                "too-large", "actions.10 (for_each): more than 500 pieces were captured"));
  }

  @Test
  void a_next_that_is_covered_fails_the_item_and_is_named() throws Exception {
    site.page(
        "/",
        "text/html",
        """
        <ul id=list><li>A</li></ul><button id=more>more</button>
        <div style="position:fixed;inset:0;background:#fff8">accept our cookies</div>\
        """);

    assertThat(run(PAGES))
        .isEqualTo(
            Outcome.Failed.lasting(
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
  void a_selector_that_nobody_can_read_fails_for_good_and_is_named(String wish) throws Exception {
    site.page("/", "text/html", "<ul><li>A</li><li>B</li></ul>");

    assertThat(run("{'mode':'browser','actions':[{'type':'for_each'," + wish + "}]}"))
        .isEqualTo(
            Outcome.Failed.lasting(
                "action-failed",
                "actions.0 (for_each): 'a[[' is not a valid selector or not for this kind of"
                    + " element"));
  }

  @Test
  void a_selector_to_wait_for_that_nobody_can_read_fails_for_good() throws Exception {
    site.page("/", "text/html", "<p>here");

    assertThat(run("{'mode':'browser','wait_for':'a[['}"))
        .isEqualTo(Outcome.Failed.lasting("action-failed", "wait_for: 'a[[' is not a valid selector"));
  }
}
