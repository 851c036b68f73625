package io.headgate.template;

import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * A variable of a template.
 *
 * @param defaultValue used when none is given; null without one
 * @param raw {@code {{{name}}}} may show it without escaping
 * @param declared true when the author declared it; else it was found in the HTML, its type is
 *     inferred and its values are not checked
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
      defaultValue = null; // JSON's null is not a default
    }
  }

  /**
   * The constraints on a value.
   *
   * @param minLength in characters of a text or entries of a list
   * @param maxLength the same
   */
  public record Validation(
      boolean required, @Nullable Integer minLength, @Nullable Integer maxLength) {

    public static final Validation NONE = new Validation(false, null, null);
  }

  /**
   * A variable that was found in the HTML.
   *
   * @param otherwise the default value that the HTML itself gives
   */
  static Variable inferred(String name, VariableType type, @Nullable JsonNode otherwise) {
    return new Variable(name, type, otherwise, null, Validation.NONE, false, false);
  }
}
