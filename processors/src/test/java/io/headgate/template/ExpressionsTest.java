package io.headgate.template;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What stands between braces and what comes of it. */
class ExpressionsTest extends TemplateCase {

  private static final String DATA =
      """
      {'name':'Ada','user':{'name':'Grace','tags':['a','b']},'items':[{'title':'one','n':1},{'title':'two','n':2}],
       'n':5,'half':0.5,'price':'19.90','none':null,'yes':true,'no':false,'empty':'','list':[3,1,2],'i':1,
       'deep':{'a':{'b':{'c':'x'}}},'first name':'odd','length':7}
      """;

  @ParameterizedTest
  @CsvSource(
      delimiterString = "~>",
      quoteCharacter = '`',
      value = {
        "name ~> Ada",
        "user.name ~> Grace",
        "user.tags[1] ~> b",
        "user['name'] ~> Grace",
        "items[0].title ~> one",
        "items.1.title ~> two",
        "items[i].title ~> two",
        "items[n].title ~> ``",
        "items.length ~> 2",
        "name.length ~> 3",
        "deep.a.b.c ~> x",
        "deep.a.x.c.d ~> ``",
        "this.name ~> Ada",
        "@root.name ~> Ada",
        "@root['first name'] ~> odd",
        "nothing ~> ``",
        "nothing.at.all ~> ``",
        "none ~> ``",
        "yes ~> true",
        "'text' ~> text",
        "5 ~> 5",
        "5.50 ~> 5.5",
        "true ~> true",
        "null ~> ``"
      })
  void paths_and_literals(String expression, String shown) {
    assertThat(page("{{" + expression + "}}", DATA)).isEqualTo(shown);
  }

  @ParameterizedTest
  @CsvSource(
      delimiterString = "~>",
      quoteCharacter = '`',
      value = {
        "1 + 2 * 3 ~> 7",
        "(1 + 2) * 3 ~> 9",
        "10 - 2 - 3 ~> 5",
        "24 / 4 / 2 ~> 3",
        "7 % 4 % 2 ~> 1",
        "2 + 3 + 'x' ~> 5x",
        "'x' + 2 + 3 ~> x23",
        "-n + 1 ~> -4",
        "- -n ~> 5",
        "n-1 ~> 4",
        "n -1 ~> 4",
        "0.1 + 0.2 ~> 0.3",
        "1 / 3 ~> 0.333333333333333",
        "price * 2 ~> 39.8",
        "1 < 2 == true ~> true",
        "1 + 1 == 2 && 3 > 2 ~> true",
        "no && x / 0 ~> false",
        "yes || x / 0 ~> true",
        "false || false && true ~> false",
        "true || true && false ~> true",
        "!no && !empty ~> true",
        "!n == no ~> true",
        "empty || 'other' ~> other",
        "name && n ~> 5",
        "n > 3 ? 'big' : 'small' ~> big",
        "no ? 1 : no ? 2 : 3 ~> 3",
        "yes ? no ? 1 : 2 : 3 ~> 2",
        "n + 1 > 5 ? n * 2 : 0 ~> 10",
        "n == '5' ~> true",
        "n === '5' ~> false",
        "n !== '5' ~> true",
        "none == nothing ~> true",
        "none == 0 ~> false",
        "'b' > 'a' ~> true",
        "'10' > '9' ~> true",
        "price >= 19.9 ~> true",
        "half <= 0.5 ~> true",
        "n != 5 ~> false",
        "name != 'Ada' ~> false"
      })
  void operators_bind_as_everywhere(String expression, String shown) {
    assertThat(page("{{{" + expression + "}}}", DATA)).isEqualTo(shown);
  }

  @ParameterizedTest
  @CsvSource(
      delimiterString = "~>",
      quoteCharacter = '`',
      value = {
        "uppercase name ~> ADA",
        "uppercase (concat name '!' n) ~> ADA!5",
        "uppercase(concat(name, '!', n)) ~> ADA!5",
        "truncate 'a long text' 6 ~> a lon…",
        "add 1 2 ~> line 1: {{add 1 2}}: there is no helper or function add",
        "eq n 5 ~> true",
        "ne n 5 ~> false",
        "gt n 4 ~> true",
        "gte n 5 ~> true",
        "lt n 5 ~> false",
        "lte n 5 ~> true",
        "and yes n ~> true",
        "or no empty ~> false",
        "not no ~> true"
      })
  void helpers_are_called_as_in_handlebars_too(String expression, String shown) {
    String html = "{{" + expression + "}}";
    if (refusals(html).isEmpty()) {
      assertThat(page(html, DATA)).isEqualTo(shown);
    } else {
      assertThat(refusals(html)).containsExactly("html " + shown);
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiterString = "~>",
      quoteCharacter = '`',
      value = {
        "n / 0 ~> it divides by zero",
        "n % 0 ~> it divides by zero",
        "name * 2 ~> * needs numbers and got the text \"Ada\"",
        "nothing + 1 ~> + needs numbers and got nothing",
        "yes - 1 ~> - needs numbers and got true",
        "list / 2 ~> / needs numbers and got a list",
        "user > 1 ~> > cannot compare an object with a number",
        "-name ~> - needs numbers and got the text \"Ada\"",
        "round(name) ~> round needs a number as its first argument and got the text \"Ada\"",
        "uppercase(list) ~> uppercase needs text as its first argument and got a list",
        "date('soon') ~> date needs a time such as 2026-11-21T10:00:00Z as its first argument and got"
            + " the text \"soon\"",
        "currency(n, 'MONEY') ~> currency needs a currency code such as USD as its second argument"
            + " and got the text \"MONEY\"",
        "padStart(name, 99999) ~> padStart needs a whole number from 0 to 10000 as its second"
            + " argument and got a number",
        "sum(list, name) ~> sum needs a number as its first argument and got a list",
        "average(parseJson('[]')) ~> average of an empty list does not exist",
        "parseJson('{') ~> parseJson needs JSON as its first argument and got the text \"{\""
      })
  void a_value_that_does_not_exist_is_reported_with_the_expression(
      String expression, String reason) {
    assertThat(problem("<p>\n{{" + expression + "}}</p>", DATA))
        .isEqualTo("line 2: {{" + expression + "}} has no value: " + reason);
  }

  @ParameterizedTest
  @CsvSource(
      delimiterString = "~>",
      quoteCharacter = '`',
      value = {
        "n + ~> it ends too early",
        "n + + ~> \"+\" is not expected there",
        "(n ~> \")\" is expected, not the end",
        "n) ~> \")\" is not expected there",
        "items[0 ~> \"]\" is expected, not the end",
        "n ? 1 ~> \":\" is expected, not the end",
        "n; drop ~> \";\" has no meaning in an expression",
        "n = 5 ~> \"=\" has no meaning in an expression",
        "round() ~> round takes 1 to 2 arguments, not 0",
        "trim(n, 2) ~> trim takes 1 argument, not 2",
        "max() ~> max takes at least 1 argument, not 0",
        "System.exit(1) ~> \"(\" is not expected there",
        "foo(1) ~> there is no helper or function foo",
        "name.toString() ~> \"(\" is not expected there",
        "@secret ~> there is no @secret; known are @root, @index, @key, @first, @last"
      })
  void what_is_no_expression_is_refused_when_the_template_is_made(String expression, String why) {
    assertThat(refusals("\n{{" + expression + "}}"))
        .containsExactly("html line 2: {{" + expression + "}}: " + why);
  }

  @Test
  void an_expression_may_neither_be_long_nor_deep() {
    assertThat(refusals("{{" + "(".repeat(1900) + "1" + ")".repeat(1900) + "}}").getFirst())
        .endsWith("it is nested more than 100 deep");
    assertThat(refusals("{{" + "!".repeat(3000) + "1}}")).isEmpty(); // a comment
    assertThat(refusals("{{ " + "!".repeat(3000) + "1}}").getFirst())
        .endsWith("it is nested more than 100 deep");
    assertThat(refusals("{{1" + "+1".repeat(1000) + "}}").getFirst())
        .endsWith("it has more than 100 operators in a row");
    assertThat(refusals("{{a" + ".a".repeat(1000) + "}}").getFirst())
        .endsWith("a path has more than 100 parts");
    assertThat(refusals("{{a" + " ".repeat(4000) + "+ 1}}").getFirst())
        .endsWith("a mustache has at most 4000 characters");
  }

  @Test
  void numbers_that_are_too_large_have_no_value() {
    assertThat(problem("{{n * n}}", "{'n':1e200}")).endsWith("the result is too large a number");
    assertThat(page("{{n}}", "{'n':12345678901234567890}")).isEqualTo("12345678901234567890");
    assertThat(page("{{n}}", "{'n':1e21}")).isEqualTo("1000000000000000000000");
    assertThat(page("{{n}}", "{'n':'9999999999e999999999'}")).isEqualTo("9999999999e999999999");
  }

  @Test
  void a_text_cannot_be_made_ever_longer() {
    String doubled = "{{#with (concat this.a this.a)}}".repeat(1);
    String nested = "{{#with (concat a a)}}" + "{{#with (concat this this)}}".repeat(40);
    String html = nested + "x" + "{{/with}}".repeat(41);
    assertThat(refusals(doubled + "{{/with}}")).isEmpty();
    assertThat(problem(html, "{'a':'xxxxxxxxxx'}"))
        .endsWith("a text is longer than 1000000 characters");
  }
}
