package io.headgate.template;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Blocks, elements that come and go, and what ends a render. */
class RenderingTest extends TemplateCase {

  private static final String DATA =
      """
      {'name':'Ada','items':[{'title':'one','tags':['a','b']},{'title':'two','tags':[]}],'n':5,
       'user':{'name':'Grace','born':1906},'yes':true,'no':false,'none':[]}
      """;

  @ParameterizedTest
  @CsvSource(
      delimiterString = "~>",
      quoteCharacter = '`',
      value = {
        "{{#if yes}}A{{/if}} ~> A",
        "{{#if no}}A{{else}}B{{/if}} ~> B",
        "{{#if none}}A{{^}}B{{/if}} ~> B",
        "{{#if n > 9}}A{{else if n > 4}}B{{else if yes}}C{{else}}D{{/if}}E ~> BE",
        "{{#if no}}A{{else if no}}B{{/if}}E ~> E",
        "{{#if (gt n 4)}}A{{/if}} ~> A",
        "{{#unless no}}A{{else}}B{{/unless}} ~> A",
        "{{#each items}}{{@index}}{{title}}{{#unless @last}},{{/unless}}{{/each}} ~> 0one,1two",
        "{{#each items}}{{#each tags}}{{this}}{{../title}}{{../../n}} {{/each}}{{/each}} ~> aone5 bone5",
        "{{#each none}}A{{else}}B{{name}}{{/each}} ~> BAda",
        "{{#each nothing}}A{{else}}B{{/each}} ~> B",
        "{{#each name}}A{{else}}B{{/each}} ~> B",
        "{{#each user}}{{@key}}={{this}};{{/each}} ~> name=Grace;born=1906;",
        "{{#with user}}{{name}} {{born + 1}} {{../n}} {{@root.n}}{{/with}} ~> Grace 1907 5 5",
        "{{#with nothing}}A{{else}}B{{/with}} ~> B",
        "{{#with user as |u|}}{{#each @root.items}}{{u.name}}{{/each}}{{/with}} ~> GraceGrace",
        "{{#each slice(items, 1)}}{{title}}{{/each}} ~> two",
        "{{#each items}}{{n}}{{/each}} ~> ``",
        "{{! comment }}A{{!-- {{name}} --}}B ~> AB",
        "a {{~name~}}  b ~> aAdab",
        "{{name~}} {{n}} b ~> Ada5 b",
        "{{name~}}{{n}} b ~> Ada5 b",
        "{{~{name}~}} b ~> Adab",
        "a {{~#if yes~}} b {{~/if~}} c ~> abc",
        "\\{{name}} ~> {{name}}",
        "\\\\{{name}} ~> \\Ada",
        "{a:{{n}}} {{{n}}}} {{n}}}} ~> {a:5} 5} 5}}",
        "{ {{n}}{ ~> { 5{",
        "{{ '}}' }}{{ \"{{\" }} ~> }}{{",
        "{{name ~> x",
      })
  void blocks_as_in_handlebars(String html, String shown) {
    if (refusals(html).isEmpty()) {
      assertThat(page(html, DATA).strip()).isEqualTo(shown.strip());
    } else {
      assertThat(refusals(html)).containsExactly("html line 1: {{ is not closed");
    }
  }

  @Test
  void a_second_name_in_a_block_is_the_index() {
    assertThat(page("{{#each items as |it i|}}{{i}}{{it.title}} {{/each}}", DATA))
        .isEqualTo("0one 1two ");
  }

  @ParameterizedTest
  @CsvSource(
      delimiterString = "~>",
      quoteCharacter = '`',
      value = {
        "<p _if=\"n > 4\">A</p>B ~> <p>A</p>B",
        "<p _if=\"n > 9\">A</p>B ~> B",
        "<p _if=\"{{ n > 9 }}\">A</p>B ~> B",
        "<p _if='n &gt; 9'>A</p>B ~> B",
        "<p class=x _if=no id=\"y\">A</p>B ~> B",
        "<p class=\"x\" _if=\"yes\" id=\"y\">A</p> ~> <p class=\"x\" id=\"y\">A</p>",
        "<div _if=\"no\"><div><div></div></div></div>B ~> B",
        "<div><div _if=\"no\">A</div><div _if=\"yes\">B</div></div> ~> <div><div>B</div></div>",
        "<div _if=\"yes\"><b _if=\"no\">A</b>C</div> ~> <div>C</div>",
        "<img _if=\"no\" src=\"x\">B ~> B",
        "<svg><path _if=\"no\" d=\"\"/><path/></svg> ~> <svg><path/></svg>",
        "<p title=\"{{#if yes}}>{{/if}}\" _if=\"no\">A</p>B ~> B",
        "{{#each items}}<i _if=\"title == 'two'\">{{title}}</i>{{/each}} ~> <i>two</i>",
        "<p _if=\"no\">{{1 / 0}}</p>B ~> B",
        "<!-- <p _if=\"no\"> -->B ~> <!-- <p _if=\"no\"> -->B",
        "<script>if (a <b _if=\"no\">) {}</script>B ~> <script>if (a <b _if=\"no\">) {}</script>B"
      })
  void an_element_whose_if_is_not_true_is_dropped(String html, String shown) {
    assertThat(page(html, DATA)).isEqualTo(shown);
  }

  @ParameterizedTest
  @CsvSource(
      delimiterString = "~>",
      quoteCharacter = '`',
      value = {
        "{{#shout name}}x{{/shout}} ~> line 1: there is no block helper shout; known are each, if,"
            + " unless and with",
        "{{shout name}} ~> line 1: {{shout name}}: there is no helper or function shout",
        "{{#if n}}x ~> line 1: {{#if}} of line 1 is not closed",
        "x{{/if}} ~> line 1: {{/if}} closes no block",
        "{{#if n}}{{#each items}}{{/if}}{{/each}} ~> line 1: {{/if}} comes before the end of"
            + " {{#each}} of line 1",
        "{{else}} ~> line 1: {{else}} belongs to no block",
        "{{#if n}}{{else}}{{else}}{{/if}} ~> line 1: {{else}} belongs to no block",
        "{{#if n}}{{else each items}}{{/if}} ~> line 1: {{else each items}} is not supported",
        "{{#if n as |x|}}{{/if}} ~> line 1: as |x| does not fit {{#if}}",
        "{{#if}}{{/if}} ~> line 1: {{}}: there is no expression",
        "{{> head}} ~> line 1: partials {{>…}} are not supported",
        "{{#> head}}{{/head}} ~> line 1: partials and decorators {{#> head}} are not supported",
        "{{precompile 'x'}} ~> line 1: {{precompile 'x'}}: there is no helper or function precompile",
        "{{include 'x'}} ~> line 1: {{include 'x'}}: there is no helper or function include",
        "{{lookup this 'class'}} ~> line 1: {{lookup this 'class'}}: there is no helper or function"
            + " lookup",
        "{{log 'x'}} ~> line 1: {{log 'x'}}: there is no helper or function log",
        "{{* x}} ~> line 1: decorators {{*…}} are not supported",
        "{{=<% %>=}} ~> line 1: delimiters cannot be changed here",
        "{{{{raw}}}}{{{{/raw}}}} ~> line 1: raw blocks {{{{…}}}} are not supported",
        "{{^n}}x{{/n}} ~> line 1: {{^…}} is not supported; write {{#unless …}}",
        "<p _if=\"n\">x ~> line 1: <p> has an _if and no end tag of its own",
        "<p _if=\"\">x</p> ~> line 1: {{}}: there is no expression",
        "{{#if n}}<p _if=\"n\">{{/if}}</p> ~> line 1: {{/if}} comes before the end of the element"
            + " with _if of line 1"
      })
  void what_is_no_template_is_refused_with_its_line(String html, String why) {
    assertThat(refusals(html)).containsExactly("html " + why);
  }

  @Test
  void a_template_is_neither_too_long_nor_too_deep() {
    assertThat(refusals("x".repeat(500_000))).isEmpty();
    assertThat(refusals("x".repeat(499_999) + "é"))
        .containsExactly("html a template has at most 500000 bytes");
    assertThat(refusals("{{a}}".repeat(10_001)))
        .containsExactly("html line 1: a template has at most 10000 mustaches");
    assertThat(refusals("<b _if=a>{{a}}</b>".repeat(5_001)))
        .containsExactly("html a template has at most 10000 mustaches and _ifs");
    assertThat(refusals("{{#if n}}".repeat(50) + "{{/if}}".repeat(50))).isEmpty();
    assertThat(refusals("{{#if n}}".repeat(51) + "{{/if}}".repeat(51)))
        .containsExactly("html line 1: blocks are nested more than 50 deep");
    assertThat(refusals("{{#if n}}" + "{{else if n}}".repeat(50) + "{{/if}}"))
        .containsExactly("html line 1: blocks are nested more than 50 deep");
  }

  @Test
  void templates_that_are_all_blanks_or_all_tags_are_read_in_no_time() {
    assertThat(refusals("{{#if" + " ".repeat(400_000) + "n}}x{{/if}}"))
        .containsExactly("html line 1: a mustache has at most 4000 characters");
    assertThat(refusals("<p _if=a>".repeat(40_000)))
        .containsExactly("html line 1: <p> has an _if and no end tag of its own");
    assertThat(refusals("\n<b _if=a></b>".repeat(9_999))).isEmpty();
    assertThat(refusals("<a b=".repeat(90_000))).isEmpty();
    assertThat(refusals("<!-- ".repeat(90_000))).isEmpty();
    assertThat(refusals("<p style='color:".repeat(1_000) + "{{a}}".repeat(5_000))).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({
    "{{this.class.forName}}",
    "{{items.class}}",
    "{{name.getClass}}",
    "{{name.bytes}}",
    "{{this.nodeType}}",
    "{{items.elements}}",
    "{{this['class']['forName']}}",
    "{{@root.class}}",
    "{{#with this.class}}x{{/with}}",
    "{{#each this.properties}}x{{/each}}",
    "{{n.MAX_VALUE}}",
    "{{this.__proto__.constructor}}",
    "{{../../../class}}"
  })
  void nothing_but_the_variables_can_be_reached(String html) {
    assertThat(page(html, DATA)).isEmpty();
  }

  private static String numbers(int count) {
    return IntStream.range(0, count)
        .mapToObj(Integer::toString)
        .collect(Collectors.joining(",", "{'a':[", "]}"));
  }

  @Test
  void loops_in_loops_end_with_a_sentence() {
    String bomb = "{{#each a}}{{#each ../a}}{{#each ../../a}}x{{/each}}{{/each}}{{/each}}";
    assertThat(problem(bomb, numbers(1000)))
        .isEqualTo("the loops of the template run more than 200000 times");
    assertThat(problem("{{#each a}}{{/each}}", numbers(5001)))
        .isEqualTo("line 1: {{#each}} goes through 5001 entries; at most 5000 are allowed");
    assertThat(page("{{#each a}}x{{/each}}", numbers(5000))).hasSize(5000);
  }

  @Test
  void a_page_that_grows_too_large_ends_with_a_sentence() {
    String html = "{{#each a}}" + "x".repeat(100_000) + "{{/each}}";
    assertThat(problem(html, numbers(101)))
        .isEqualTo("the page would be longer than 10000000 characters");
    assertThat(page(html, numbers(100))).hasSize(10_000_000);
  }

  @Test
  void a_render_ends_when_its_time_is_over() throws Exception {
    TemplateVersion version = version(content("{{#each a}}{{#each ../a}}{{/each}}{{/each}}"));
    TemplateResult late = rendering.html(version, "default", json(numbers(400)), Duration.ZERO);
    assertThat(late)
        .isEqualTo(new TemplateResult.TooLarge("filling in the template takes longer than 0 ms"));
  }

  @Test
  void an_interrupt_ends_a_render() {
    TemplateVersion version = version(content("{{a}}"));
    page("{{a}}", "{}");
    Thread.currentThread().interrupt();
    assertThatThrownBy(() -> rendering.html(version, "default", json("{}"), TIME_LIMIT))
        .isInstanceOf(InterruptedException.class);
    assertThat(Thread.interrupted()).isFalse();
  }

  @Test
  void a_layout_has_its_own_size_and_may_have_its_own_html() throws Exception {
    Map<String, TemplateLayout> layouts =
        Map.of(
            "story", new TemplateLayout("Story", 1080, 1920, "<h1>{{name}}</h1>"),
            "wide", new TemplateLayout("Wide", 1600, 400, null));
    TemplateVersion version =
        version(
            new TemplateContent(
                TemplateLanguage.HTML,
                OutputFormat.IMAGE,
                800,
                600,
                "<p>{{name}}</p>",
                layouts,
                List.of()));
    assertThat(rendering.html(version, "default", json(DATA), TIME_LIMIT))
        .isEqualTo(new HtmlPage("<p>Ada</p>", "default", "Default", 800, 600));
    assertThat(rendering.html(version, "story", json(DATA), TIME_LIMIT))
        .isEqualTo(new HtmlPage("<h1>Ada</h1>", "story", "Story", 1080, 1920));
    assertThat(rendering.html(version, "wide", json(DATA), TIME_LIMIT))
        .isEqualTo(new HtmlPage("<p>Ada</p>", "wide", "Wide", 1600, 400));
    assertThat(rendering.html(version, "nope", json(DATA), TIME_LIMIT))
        .isEqualTo(new TemplateResult.UnknownLayout("nope"));
  }
}
