package io.headgate.template;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.util.Set;
import java.util.function.BiPredicate;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * The public specification of Mustache (github.com/mustache/spec, MIT), where Handlebars and the
 * documentation promise the same. What they do not promise is listed here, and each entry of the
 * list must be needed.
 */
class MustacheSpecTest extends TemplateCase {

  /** A missing value is empty in pages, and ends a text. */
  private static final Set<String> MISSING_VALUES =
      Set.of(
          "Basic Context Miss Interpolation",
          "Triple Mustache Context Miss Interpolation",
          "Ampersand Context Miss Interpolation",
          "Dotted Names - Broken Chains",
          "Dotted Names - Broken Chain Resolution",
          "Dotted Names - Context Precedence",
          "Dotted Names are never single keys");

  private static boolean promisedInTexts(String file, JsonNode test) {
    boolean missing = file.equals("interpolation") && MISSING_VALUES.contains(name(test));
    return !missing && !removesLines(file, test);
  }

  /** Pages have no sections, and their variables are always an object. */
  private static boolean promisedInPages(String file, JsonNode test) {
    boolean section = test.path("template").asString().contains("{{#");
    return !section && test.path("data").isObject() && !removesLines(file, test);
  }

  /** A line that holds nothing but a tag stays: white space is removed only at {@code ~}. */
  private static boolean removesLines(String file, JsonNode test) {
    String name = name(test);
    return !file.equals("interpolation")
        && (name.contains("Standalone")
            || name.equals("Doubled")
            || name.equals("Deeply Nested Contexts"));
  }

  private static String name(JsonNode test) {
    return test.path("name").asString();
  }

  @TestFactory
  Stream<DynamicTest> texts_do_what_the_specification_says() {
    return Stream.of("comments", "interpolation", "sections", "inverted")
        .flatMap(file ->
            tests(file, MustacheSpecTest::promisedInTexts, MustacheSpecTest::textIsAsExpected));
  }

  @TestFactory
  Stream<DynamicTest> pages_do_what_the_specification_says() {
    return Stream.of("comments", "interpolation")
        .flatMap(file -> tests(file, MustacheSpecTest::promisedInPages, this::pageIsAsExpected));
  }

  private static Stream<DynamicTest> tests(
      String file, BiPredicate<String, JsonNode> promised, Predicate<JsonNode> agrees) {
    return specification(file)
        .path("tests")
        .valueStream()
        .map(test ->
            DynamicTest.dynamicTest(
                file + ": " + name(test),
                () ->
                    assertThat(agrees.test(test))
                        .as(test.toString())
                        .isEqualTo(promised.test(file, test))));
  }

  private static JsonNode specification(String file) {
    try (InputStream in =
        MustacheSpecTest.class.getResourceAsStream("mustache-spec/" + file + ".json")) {
      return JsonMapper.shared().readTree(in);
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  private static boolean textIsAsExpected(JsonNode test) {
    String source = test.path("template").asString();
    FilledText filled = TextCase.fill(source, test.path("data"), MustacheSpecTest::html);
    return filled instanceof FilledText.Filled(JsonNode text)
        && text.asString().equals(test.path("expected").asString());
  }

  private boolean pageIsAsExpected(JsonNode test) {
    JsonNode data = test.path("data");
    String source = test.path("template").asString();
    Variable[] raw =
        data.propertyNames().stream()
            .map(name ->
                new Variable(
                    name, VariableType.TEXT, null, null, Variable.Validation.NONE, true, false))
            .toArray(Variable[]::new);
    try {
      TemplateVersion version = version(content(source, raw));
      TemplateResult page = rendering.html(version, TemplateLayout.DEFAULT, data, TIME_LIMIT);
      return page instanceof HtmlPage html && html.html().equals(test.path("expected").asString());
    } catch (MalformedTemplateException e) {
      return false;
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
  }

  private static String html(String text) {
    return text.replace("&", "&amp;")
        .replace("\"", "&quot;")
        .replace("<", "&lt;")
        .replace(">", "&gt;");
  }
}
