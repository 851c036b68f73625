package io.headgate.template;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Set;
import org.jsoup.Jsoup;
import org.jsoup.nodes.Document;
import org.jsoup.nodes.Element;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** Whatever a value holds, it stays a value: seen in the page as a browser would read it. */
class EscapeTest extends TemplateCase {

  private static final List<String> ATTACKS =
      List.of(
          "<script>alert(1)</script>",
          "\"><img src=x onerror=alert(1)>",
          "' onmouseover='alert(1)",
          "x onmouseover=alert(1)",
          "x/onmouseover=alert(1)//",
          "`onmouseover=alert(1)",
          "</style><script>alert(1)</script>",
          "</textarea><script>alert(1)</script>",
          "--><script>alert(1)</script>",
          "</title><b onclick=alert(1)>",
          "{{this.constructor}}<i _if=1>",
          "&lt;script&gt;",
          "javascript:alert(1)");

  private static final Set<String> EXPECTED =
      Set.of("html", "head", "body", "p", "a", "style", "textarea", "title", "ul", "li", "#root");

  @ParameterizedTest
  @ValueSource(
      strings = {
        "<p>{{x}}</p>",
        "<p title=\"{{x}}\">a</p>",
        "<p title='{{x}}'>a</p>",
        "<p title={{x}}>a</p>",
        "<p title=a{{x}}>a</p>",
        "<style>p { color: {{x}} }</style>",
        "<textarea>{{x}}</textarea>",
        "<title>{{x}}</title>",
        "<!-- {{x}} --><p></p>",
        "<p>{{{x}}}</p>",
        "<p>{{&x}}</p>",
        "<p>{{x + x}}</p>",
        "<p>{{default(y, x)}}</p>",
        "<p>{{y ? y : x}}</p>",
        "<p>{{json(x)}}</p>",
        "<p>{{replace('a', 'a', x)}}</p>",
        "<ul>{{#each l}}<li title={{this}}>{{this}}</li>{{/each}}</ul>",
        "<ul>{{#each l as |y|}}<li>{{{y}}}</li>{{/each}}</ul>",
        "<ul>{{#with o}}<li>{{{x}}}</li>{{/with}}</ul>",
        "<ul>{{#each o}}<li>{{@key}}</li>{{/each}}</ul>",
        "<p _if=\"x\">{{x}}</p>"
      })
  void no_value_becomes_markup(String html) {
    TemplateVersion version = version(content(html));
    for (String attack : ATTACKS) {
      ObjectNode variables = JsonNodeFactory.instance.objectNode().put("x", attack);
      variables.putArray("l").add(attack);
      variables.putObject("o").put("x", attack).put(attack, 1);
      Document page = Jsoup.parse(page(version, variables));
      for (Element element : page.getAllElements()) {
        assertThat(EXPECTED).as(attack + " in " + html).contains(element.tagName());
        assertThat(element.attributes().asList())
            .as(attack + " in " + html)
            .allMatch(attribute -> attribute.getKey().equals("title"));
      }
    }
  }

  private String page(String html, ObjectNode variables) {
    return page(version(content(html)), variables);
  }

  private String page(TemplateVersion version, ObjectNode variables) {
    try {
      TemplateResult rendered =
          rendering.html(version, TemplateLayout.DEFAULT, variables, TIME_LIMIT);
      return ((HtmlPage) rendered).html();
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
  }

  @Test
  void a_value_is_shown_as_it_was_given() {
    String odd = "<b>\"Tom\" & 'Jerry' = `x`</b>";
    ObjectNode variables = JsonNodeFactory.instance.objectNode().put("x", odd);
    String html = "<p title=\"{{x}}\">{{x}}</p><p title={{x}}></p>";
    Document page = Jsoup.parse(page(html, variables));
    assertThat(page.select("p").eachText()).contains(odd);
    assertThat(page.select("p").eachAttr("title")).containsExactly(odd, odd);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "javascript:alert(1)",
        " JavaScript:alert(1)",
        "java\tscript:alert(1)",
        "\u0001javascript:alert(1)",
        "vbscript:x",
        "data:text/html,<script>alert(1)</script>"
      })
  void a_value_that_begins_an_address_cannot_be_a_program(String address) {
    ObjectNode variables = JsonNodeFactory.instance.objectNode().put("x", address);
    for (String html :
        List.of(
            "<a href=\"{{x}}\">",
            "<a href='{{y}} {{x}}'>",
            "<iframe src='{{x}}'>",
            "<form action={{x}}>")) {
      assertThat(page(html, variables)).contains("about:blank").doesNotContain("script");
    }
  }

  @Test
  void honest_addresses_stay() {
    assertThat(page("<img src=\"{{x}}\">", "{'x':'https://a.example/b?c=d&e'}"))
        .isEqualTo("<img src=\"https://a.example/b?c&#x3D;d&amp;e\">");
    assertThat(page("<img src=\"{{x}}\">", "{'x':'data:image/png;base64,AAAA'}"))
        .isEqualTo("<img src=\"data:image/png;base64,AAAA\">");
    assertThat(page("<a href=\"/?q={{x}}\">", "{'x':'javascript:x'}"))
        .isEqualTo("<a href=\"/?q=javascript:x\">");
  }

  @Test
  void in_a_script_a_value_is_the_inside_of_a_string() {
    String html = "<script>var a = \"{{x}}{{y}}\";</script><p onclick=\"f('{{x}}')\">";
    assertThat(page(html, "{'x':'\\\\','y':';alert(1)//</script>'}"))
        .isEqualTo(
            "<script>var a = \"\\u005c\\u003balert\\u00281\\u0029\\u002f\\u002f\\u003c"
                + "\\u002fscript\\u003e\";</script><p onclick=\"f('\\u005c')\">");
    assertThat(page("<script>var a = {{json(x)}};</script>", "{'x':['</script>',1]}"))
        .isEqualTo("<script>var a = [\"\\u003c/script\\u003e\",1];</script>");
  }

  @Test
  void html_inside_an_attribute_is_escaped_twice() {
    assertThat(page("<iframe srcdoc=\"<p>{{x}}</p>\">", "{'x':'<i>'}"))
        .isEqualTo("<iframe srcdoc=\"<p>&amp;lt;i&amp;gt;</p>\">");
  }

  @Test
  void only_what_was_declared_raw_is_shown_raw() {
    Variable raw =
        new Variable("x", VariableType.TEXT, null, null, Variable.Validation.NONE, true, true);
    String html =
        "{{x}} {{{x}}} {{&x}} {{{x + 1}}} {{{x + y}}} {{{y}}} {{#with x as |z|}}{{{z}}}{{/with}}";
    String page =
        page(
            version(content(html, raw)),
            JsonNodeFactory.instance.objectNode().put("x", "<b>").put("y", "<i>"));
    assertThat(page).isEqualTo("&lt;b&gt; <b> <b> <b>1 &lt;b&gt;&lt;i&gt; &lt;i&gt; <b>");
  }
}
