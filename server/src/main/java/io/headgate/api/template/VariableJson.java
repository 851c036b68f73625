package io.headgate.api.template;

import io.headgate.http.InvalidInputException;
import io.headgate.template.Variable;
import io.headgate.template.VariableType;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * A variable of a template as JSON, in requests and responses.
 *
 * @param declared only in responses: false for a variable that the HTML uses but that has no
 *     definition
 */
record VariableJson(
    @Nullable String name,
    @Nullable VariableType type,
    @Nullable JsonNode defaultValue,
    @Nullable String description,
    @Nullable ValidationJson validation,
    @Nullable Boolean raw,
    @Nullable Boolean declared) {

  record ValidationJson(
      @Nullable Boolean required, @Nullable Integer minLength, @Nullable Integer maxLength) {

    Variable.Validation validation() {
      return new Variable.Validation(Objects.equals(required, true), minLength, maxLength);
    }
  }

  VariableJson {
    if (name == null) {
      throw InvalidInputException.missing("name");
    }
  }

  static VariableJson of(Variable variable) {
    Variable.Validation validation = variable.validation();
    return new VariableJson(
        variable.name(),
        variable.type(),
        variable.defaultValue(),
        variable.description(),
        new ValidationJson(validation.required(), validation.minLength(), validation.maxLength()),
        variable.raw(),
        variable.declared());
  }

  Variable variable() {
    return new Variable(
        Objects.requireNonNull(name),
        type == null ? VariableType.TEXT : type,
        defaultValue,
        description,
        validation == null ? Variable.Validation.NONE : validation.validation(),
        Objects.equals(raw, true),
        true);
  }
}
