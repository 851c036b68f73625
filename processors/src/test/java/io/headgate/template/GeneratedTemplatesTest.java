package io.headgate.template;

import static org.assertj.core.api.Assertions.assertThat;

import io.headgate.template.expression.Expression;
import io.headgate.template.expression.ExpressionSyntax;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

/** Random templates and variables: the result is always a page or an error message. */
class GeneratedTemplatesTest extends TemplateCase {

  private static final String DATA =
      """
      {'a':5,'b':'text','c':[1,'2',null,[3]],'d':{'e':{'f':true}},'g':null,'h':-0.0,'i':1e308,
       'j':'2026-11-21','k':'{}','l':'','m':false,'n':[],'o':'99999999999999999999'}
      """;

  private static final List<String> LEAVES =
      List.of(
          ("a b c d g h i j k l m n o zz this @root @index c[0] c[a] d.e.f b.length c.length ../a"
                  + " 0 1 -1 3.7 1000000 'x' '' 'YYYY' 'en-US' 'UTC' true null")
              .split(" ", -1));

  private static final List<String> OPERATORS =
      List.of("+ - * / % < <= > >= == != === !== && ||".split(" ", -1));

  private static final List<String> PIECES =
      List.of(
          ("{{ }} {{{ }}} {{#if_a}} {{/if}} {{else}} {{#each_c}} {{/each}} {{#with_d}} {{/with}} {{a}}"
                  + " {{b}} <p__if=\" \"> </p> <p <script> </script> <!-- --> \" ' = \\ ~ ! # / {{!--"
                  + " --}} \n _ as_|x| __if=a <img__if='a' > { } é😀 |")
              .split(" ", -1));

  private static String expression(Random random, int depth) {
    return switch (depth == 0 ? 0 : random.nextInt(6)) {
      case 1 ->
          expression(random, depth - 1)
              + " "
              + pick(random, OPERATORS)
              + " "
              + expression(random, depth - 1);
      case 2 -> "(" + expression(random, depth - 1) + ")";
      case 3 -> pick(random, List.of("!", "-")) + "(" + expression(random, depth - 1) + ")";
      case 4 -> call(random, depth);
      case 5 ->
          expression(random, depth - 1)
              + " ? "
              + expression(random, depth - 1)
              + " : "
              + expression(random, depth - 1);
      default -> pick(random, LEAVES);
    };
  }

  private static String call(Random random, int depth) {
    StringBuilder call = new StringBuilder(pick(random, Expression.functions())).append('(');
    int arguments = 1 + random.nextInt(4);
    for (int i = 0; i < arguments; i++) {
      call.append(i == 0 ? "" : ", ").append(expression(random, depth - 1));
    }
    return call.append(')').toString();
  }

  private static String pick(Random random, List<String> of) {
    return of.get(random.nextInt(of.size()));
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4})
  void an_expression_is_refused_or_has_a_value_or_a_sentence(long seed) throws Exception {
    Random random = new Random(seed);
    JsonNode data = json(DATA);
    int shown = 0;
    for (int i = 0; i < 3_000; i++) {
      String source = expression(random, 4);
      shown += outcome("{{ " + source + " }}", data, seed) ? 1 : 0;
    }
    assertThat(shown).as("else nothing was tried").isGreaterThan(300);
  }

  @ParameterizedTest
  @ValueSource(longs = {5, 6})
  void a_template_of_any_pieces_is_refused_or_rendered(long seed) throws Exception {
    Random random = new Random(seed);
    JsonNode data = json(DATA);
    int shown = 0;
    for (int i = 0; i < 3_000; i++) {
      StringBuilder html = new StringBuilder();
      for (int piece = random.nextInt(12); piece >= 0; piece--) {
        html.append(piece(random));
      }
      shown += outcome(html.toString(), data, seed) ? 1 : 0;
    }
    assertThat(shown).as("else nothing was tried").isGreaterThan(300);
  }

  /** In the list above _ stands for a space, and two of them for the beginning of an _if. */
  private static String piece(Random random) {
    return pick(random, PIECES).replace("__", " \0").replace('_', ' ').replace('\0', '_');
  }

  /** True when the template is rendered. */
  private static boolean outcome(String html, JsonNode data, long seed) throws Exception {
    try {
      CompiledTemplate compiled = TemplateCompiler.compile(html, ExpressionSyntax.PAGE, Set.of());
      RenderContext context =
          new RenderContext(ExpressionSyntax.PAGE, data, Duration.ofSeconds(20));
      new NodeWriter(context, new OutputBuffer("page"), (node, value) -> Expression.display(value))
          .write(compiled.nodes());
      return true;
    } catch (MalformedTemplateException e) {
      assertThat(e.getMessage()).as(html).isNotBlank();
      return false;
    } catch (RenderAborted e) {
      assertThat(e.problem()).as("seed " + seed + ": " + html).isNotNull();
      return false;
    }
  }

  @Test
  void ten_thousand_sets_of_variables_are_rendered_in_bounded_memory() {
    String html =
        "<h1>{{name}}</h1>{{#each items}}<p _if=\"n > 1\">{{currency(n)}}</p>{{/each}}"
            + "x".repeat(2_000);
    TemplateVersion version = version(content(html));
    long before = -1;
    long most = 0;
    for (int i = 0; i < 10_000; i++) {
      TemplateResult page =
          render(version, "{'name':'n" + i + "','items':[{'n':1},{'n':" + i + "}]}");
      assertThat(((HtmlPage) page).html()).startsWith("<h1>n" + i + "</h1>");
      if (i % 2_500 == 100) {
        long used = used();
        before = before < 0 ? used : before;
        most = Math.max(most, used);
      }
    }
    assertThat(most - before).isLessThan(8_000_000);
  }

  private static long used() {
    Runtime runtime = Runtime.getRuntime();
    for (int i = 0; i < 3; i++) {
      System.gc();
    }
    return runtime.totalMemory() - runtime.freeMemory();
  }
}
