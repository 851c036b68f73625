package io.headgate.client;

import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * A variable of a template.
 *
 * @param type {@code text}, {@code image}, {@code color}, {@code number}, {@code boolean}, {@code
 *     string}, {@code array}, {@code object}
 * @param raw {@code {{{name}}}} shows it without escaping
 * @param declared in answers: false for one that was only found in the HTML
 */
public record TemplateVariable(
    String name,
    @Nullable String type,
    @Nullable JsonNode defaultValue,
    @Nullable String description,
    @Nullable Validation validation,
    @Nullable Boolean raw,
    @Nullable Boolean declared) {

  /** What a value must be; lengths are of texts in characters, of lists in entries. */
  public record Validation(
      @Nullable Boolean required, @Nullable Integer minLength, @Nullable Integer maxLength) {}
}
