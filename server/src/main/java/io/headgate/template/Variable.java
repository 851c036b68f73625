package io.headgate.template;

import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * A variable of a template.
 *
 * @param defaultValue stands in where none is given; null without one
 * @param raw {@code {{{name}}}} may show it without escaping
 * @param declared an author said what it is; else it was found in the HTML, its type is a guess and
 *     nothing is checked
 */
public record Variable(
    String name,
    VariableType type,
    @Nullable JsonNode defaultValue,
    @Nullable String description,
    Validation validation,
    boolean raw,
    boolean declared) {

  public Variable {
    if (defaultValue != null && defaultValue.isNull()) {
      defaultValue = null; // JSON's null is no default
    }
  }

  /**
   * What a value must be.
   *
   * @param minLength in characters of a text or entries of a list
   * @param maxLength the same
   */
  public record Validation(
      boolean required, @Nullable Integer minLength, @Nullable Integer maxLength) {

    public static final Validation NONE = new Validation(false, null, null);
  }

  /**
   * One found in the HTML.
   *
   * @param otherwise what the HTML itself shows where none is given
   */
  static Variable found(String name, VariableType type, @Nullable JsonNode otherwise) {
    return new Variable(name, type, otherwise, null, Validation.NONE, false, false);
  }
}
