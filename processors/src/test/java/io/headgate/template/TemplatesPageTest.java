package io.headgate.template;

import static org.assertj.core.api.Assertions.assertThat;

import io.headgate.template.expression.Expression;
import io.headgate.template.expression.TemplateLimits;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.jsoup.parser.Parser;
import org.junit.jupiter.api.Test;

/** {@code docs/templates.md} shows what comes of expressions; here they are evaluated. */
class TemplatesPageTest extends TemplateCase {

  private static final Pattern VARIABLES = Pattern.compile("(?s)```json\n(.*?)```");
  private static final Pattern ROW =
      Pattern.compile(
          "(?m)^\\|(.*)\\| `([^`]+)` \\| `([^`]*)` \\|$|^\\| `([^`]+)` \\| `([^`]*)` \\|$");
  private static final Pattern FUNCTION = Pattern.compile("(?m)^\\| `(\\w+)\\(");

  private final String page = read();

  private static String read() {
    try {
      return Files.readString(Path.of("../docs/templates.md"));
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  @Test
  void every_example_of_the_page_shows_what_the_page_says() throws Exception {
    String variables =
        VARIABLES.matcher(page).results().findFirst().map(block -> block.group(1)).orElseThrow();
    List<MatchResult> rows = ROW.matcher(page).results().toList();
    assertThat(rows).hasSizeGreaterThan(60);
    for (MatchResult row : rows) {
      boolean plain = row.group(2) == null;
      String expression = (plain ? row.group(4) : row.group(2)).replace("\\|", "|");
      assertThat(shown("{{ " + expression + " }}", variables))
          .as(expression)
          .isEqualTo(plain ? row.group(5) : row.group(3));
    }
  }

  private String shown(String html, String variables) throws InterruptedException {
    TemplateResult rendered =
        rendering.html(
            version(content(html)),
            TemplateLayout.DEFAULT,
            tools.jackson.databind.json.JsonMapper.shared().readTree(variables),
            TIME_LIMIT);
    assertThat(rendered).as(html).isInstanceOf(HtmlPage.class);
    return Parser.unescapeEntities(((HtmlPage) rendered).html(), false).replace('\u00a0', ' ');
  }

  @Test
  void the_page_names_every_function_and_no_other() {
    Set<String> named = new TreeSet<>();
    FUNCTION.matcher(page).results().forEach(row -> named.add(row.group(1)));
    assertThat(named).containsExactlyElementsOf(Expression.functions());
  }

  @Test
  void the_page_lists_the_limits_of_the_code() {
    assertThat(page.replace(",", ""))
        .contains(
            "| templates of an account | " + Templates.DEFAULT_LIMIT + " |",
            TemplateLimits.MAX_BYTES + " bytes; " + DraftValidator.MAX_BYTES + " together",
            "| " + TemplateLimits.MAX_MUSTACHES + "; " + TemplateLimits.MAX_DEPTH + " |",
            "| 1 to " + DraftValidator.MAX_SIDE + " |",
            "| " + DraftValidator.MAX_LAYOUTS + "; " + DraftValidator.MAX_VARIABLES + " |",
            "| " + TemplateLimits.MAX_ENTRIES + "; " + TemplateLimits.MAX_ITERATIONS + " |",
            TemplateLimits.MAX_TEXT + " characters; " + TemplateLimits.MAX_OUTPUT + " |");
  }
}
