package io.headgate.template;

import tools.jackson.databind.JsonNode;

/** What filling in a text template gives. */
public sealed interface FilledText {

  /**
   * The result.
   *
   * @param value a string, or the value of the only placeholder where its type is kept
   */
  record Filled(JsonNode value) implements FilledText {}

  /**
   * A placeholder has no value with these variables.
   *
   * @param expression what is written between its braces
   * @param line of the template, from 1
   * @param path true when the expression only names a value and holds no text of its own
   */
  record NoValue(String expression, int line, boolean path) implements FilledText {}

  /**
   * A limit ended the template.
   *
   * @param message a sentence without a full stop that repeats nothing of the template
   */
  record TextTooLarge(String message) implements FilledText {}
}
