package io.headgate.template;

import static org.assertj.core.api.Assertions.assertThat;

import io.headgate.template.Variable.Validation;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Which variables a template has, and what a set of them must be. */
class VariablesTest extends TemplateCase {

  @ParameterizedTest
  @CsvSource(
      delimiterString = "~>",
      quoteCharacter = '`',
      value = {
        "{{a}} {{b.c}} {{d[0].e}} {{f['g']}} ~> a:text b:object d:array f:object",
        "{{b}}{{a}}{{b}} ~> b:text a:text",
        "{{#each items}}{{title}}{{this.x}}{{../name}}{{@root.top}}{{@index}}{{/each}}"
            + " ~> items:array name:text top:text",
        "{{#each items as |it i|}}{{it.title}}{{i}}{{it}}{{/each}} ~> items:array",
        "{{#each items}}{{#each tags}}{{x}}{{../y}}{{../../z}}{{/each}}{{/each}}"
            + " ~> items:array z:text",
        "{{#each items}}{{a}}{{else}}{{b}}{{/each}}{{c}} ~> items:array b:text c:text",
        "{{#with user}}{{name}}{{/with}} ~> user:object",
        "{{#each user.tags}}{{/each}} ~> user:object",
        "{{#if a}}{{/if}}{{#unless b}}{{/unless}}<p _if=\"c && !d\"></p>"
            + " ~> a:boolean b:boolean c:boolean d:boolean",
        "{{#if a}}{{a}}{{/if}} ~> a:text",
        "{{a * b}} {{-c}} {{d + 1}} {{e > 5}} {{round(f)}} {{sum(g, h)}} {{i + j}}"
            + " ~> a:number b:number c:number d:number e:number f:number g:number h:number"
            + " i:text j:text",
        "{{a ? b : c}} {{uppercase d}} {{join(e)}} {{default(f, g)}}"
            + " ~> a:boolean b:text c:text d:text e:array f:text g:text",
        "<img src=\"{{a}}\"><img src='/{{b}}.png'><div style=\"background: url({{c}})\">"
            + " ~> a:image b:image c:image",
        "<style>p { color: {{a}}; background-color:{{b}}; width: {{c}}px;"
            + " border: 1px solid {{d}}; background: {{e}} }</style> ~> a:color b:color c:text"
            + " d:color e:color",
        "<p style=\"color:{{a}};font-size:{{b}}px\"><rect fill=\"{{c}}\"/> ~> a:color b:text c:color",
        "{{! {{a}} }} \\{{b}} {{'c'}} {{this}} {{true}} ~> ``",
        "{{length(a)}} {{a[i]}} {{@root['b']}} ~> a:object i:text b:text"
      })
  void variables_are_found_and_their_types_guessed(String html, String expected) {
    List<Variable> found = VariableFinder.variables(content(html));
    assertThat(shown(found)).isEqualTo(expected);
  }

  @Test
  void what_the_html_shows_instead_is_the_default_of_a_variable() {
    String html =
        "<style>p{color:{{default(tint, '#0b3d91')}}}</style>{{name || 'you'}}{{default count 3}}"
            + "{{coalesce(a, b, 'c')}}{{plain}}{{#if name}}!{{/if}}";

    assertThat(
            VariableFinder.variables(content(html)).stream()
                .map(found ->
                    found.name() + ":" + found.type().wireName() + "=" + found.defaultValue()))
        .containsExactly(
            "tint:color=\"#0b3d91\"",
            "name:text=\"you\"",
            "count:number=3",
            "a:text=null",
            "b:text=\"c\"",
            "plain:text=null");
    assertThat(page(html.substring(html.indexOf("{{name")), "{}")).isEqualTo("you3c");
  }

  private static String shown(List<Variable> variables) {
    return variables.stream()
        .map(variable -> variable.name() + ":" + variable.type().wireName())
        .collect(Collectors.joining(" "));
  }

  private static Variable declared(
      String name, VariableType type, @Nullable String otherwise, Validation validation) {
    return new Variable(
        name, type, otherwise == null ? null : json(otherwise), null, validation, false, true);
  }

  private static final Validation REQUIRED = new Validation(true, null, null);

  @Test
  void the_definition_of_a_variable_wins_over_its_inferred_type() {
    Variable defined = declared("b", VariableType.IMAGE, null, REQUIRED);
    Variable more = declared("z", VariableType.STRING, "'x'", Validation.NONE);
    assertThat(VariableFinder.variables(content("{{a}}{{b * 2}}", more, defined)))
        .containsExactly(Variable.inferred("a", VariableType.TEXT, null), defined, more);
  }

  @Test
  void a_required_variable_that_is_missing_is_named() {
    TemplateVersion version =
        version(content("{{a}}{{b}}", declared("b", VariableType.TEXT, null, REQUIRED)));
    for (String given : List.of("{}", "{'a':'x'}", "{'b':null}", "[]", "null", "7")) {
      assertThat(render(version, given))
          .as(given)
          .isEqualTo(new TemplateResult.MissingVariable("b"));
    }
    assertThat(render(version, "{'b':''}"))
        .isEqualTo(new TemplateResult.InvalidVariable("b", "must not be empty"));
    assertThat(((HtmlPage) render(version, "{'b':'x','unknown':[1]}")).html()).isEqualTo("x");
    assertThat(new TemplateResult.MissingVariable("b").message())
        .isEqualTo("the variable b is required");
  }

  @Test
  void a_default_stands_in_for_what_was_left_out() {
    TemplateVersion version =
        version(
            content(
                "{{a}}-{{n + 1}}",
                declared("a", VariableType.TEXT, "'x'", REQUIRED),
                declared("n", VariableType.NUMBER, "4", Validation.NONE)));
    assertThat(((HtmlPage) render(version, "{}")).html()).isEqualTo("x-5");
    assertThat(((HtmlPage) render(version, "{'a':'y','n':'9'}")).html()).isEqualTo("y-10");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "TEXT | 'a' | 5 | must be text | [1]",
        "STRING | '' | true | must be text | {}",
        "IMAGE | 'http://x/y.png' | 'x' | must be the address of an image | []",
        "COLOR | '#fff' | 'red' | must be a color | {}",
        "NUMBER | 1.5 | '-2e3' | must be a number | 'five'",
        "BOOLEAN | false | 'TRUE' | must be true or false | 1",
        "ARRAY | [] | [1] | must be a list | 'a,b'",
        "OBJECT | {} | {'a':1} | must be an object | [1]"
      })
  void a_value_of_another_type_is_refused(
      VariableType type, String good, String alsoGood, String message, String bad) {
    TemplateVersion version = version(content("x", declared("a", type, null, Validation.NONE)));
    assertThat(render(version, "{'a':" + good + "}")).isInstanceOf(HtmlPage.class);
    assertThat(render(version, "{'a':" + alsoGood + "}")).isInstanceOf(HtmlPage.class);
    assertThat(render(version, "{'a':" + bad + "}"))
        .isEqualTo(new TemplateResult.InvalidVariable("a", message));
  }

  @Test
  void lengths_are_checked_in_characters_and_entries() {
    Validation lengths = new Validation(false, 2, 3);
    TemplateVersion text = version(content("x", declared("a", VariableType.TEXT, null, lengths)));
    TemplateVersion list = version(content("x", declared("a", VariableType.ARRAY, null, lengths)));
    assertThat(render(text, "{'a':'😀😀😀'}")).isInstanceOf(HtmlPage.class);
    assertThat(problem(text, "{'a':'x'}"))
        .isEqualTo("the variable a must have at least 2 characters and has 1");
    assertThat(problem(text, "{'a':'wxyz'}"))
        .isEqualTo("the variable a must have at most 3 characters and has 4");
    assertThat(problem(list, "{'a':[1]}"))
        .isEqualTo("the variable a must have at least 2 entries and has 1");
    assertThat(problem(list, "{'a':[1,2,3,4]}"))
        .isEqualTo("the variable a must have at most 3 entries and has 4");
  }

  private String problem(TemplateVersion version, String variables) {
    return ((TemplateResult.TemplateProblem) render(version, variables)).message();
  }

  @Test
  void a_truth_written_as_a_text_is_one() {
    TemplateVersion version =
        version(
            content(
                "{{#if a}}A{{else}}B{{/if}}",
                declared("a", VariableType.BOOLEAN, null, Validation.NONE)));
    assertThat(((HtmlPage) render(version, "{'a':'false'}")).html()).isEqualTo("B");
    assertThat(((HtmlPage) render(version, "{'a':'true'}")).html()).isEqualTo("A");
  }

  @Test
  void what_was_only_guessed_is_not_checked() {
    assertThat(page("{{#if a}}{{a.b}}{{/if}}<img src={{c}}>", "{'a':5,'c':7}"))
        .isEqualTo("<img src=7>");
  }
}
