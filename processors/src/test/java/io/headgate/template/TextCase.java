package io.headgate.template;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.function.UnaryOperator;
import tools.jackson.databind.JsonNode;

/** Fills texts in with JSON. */
final class TextCase {

  private TextCase() {}

  static TextTemplate parsed(String source) {
    ParsedTextTemplate parsed = TextTemplate.parse(source);
    assertThat(parsed).as(source).isInstanceOf(TextTemplate.class);
    return (TextTemplate) parsed;
  }

  static FilledText fill(String source, JsonNode variables, UnaryOperator<String> escaping) {
    try {
      return parsed(source)
          .fill(
              variables, new TextTemplate.Filling(escaping, false, false, TemplateCase.TIME_LIMIT));
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
  }

  /** The text that comes of a template; values are escaped as {@code <value>}. */
  static String text(String source, JsonNode variables) {
    FilledText filled = fill(source, variables, value -> "<" + value + ">");
    assertThat(filled).as(source).isInstanceOf(FilledText.Filled.class);
    return ((FilledText.Filled) filled).value().asString();
  }
}
