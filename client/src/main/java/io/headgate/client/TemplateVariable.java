package io.headgate.client;

import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * A variable of a template.
 *
 * @param type {@code text}, {@code image}, {@code color}, {@code number}, {@code boolean}, {@code
 *     string}, {@code array}, {@code object}
 * @param raw true when the template inserts it without escaping, as {@code {{{name}}}}
 * @param declared false when the variable was found in the HTML and is not declared; null in
 *     requests
 */
public record TemplateVariable(
    String name,
    @Nullable String type,
    @Nullable JsonNode defaultValue,
    @Nullable String description,
    @Nullable Validation validation,
    @Nullable Boolean raw,
    @Nullable Boolean declared) {

  /**
   * The constraints of a value. Lengths count the characters of a text or the entries of a list.
   */
  public record Validation(
      @Nullable Boolean required, @Nullable Integer minLength, @Nullable Integer maxLength) {}
}
