package io.headgate.dialect.pictify;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.headgate.http.InputError;
import io.headgate.http.Problem;
import io.headgate.http.ProblemException;
import io.headgate.template.Variable;
import io.headgate.template.VariableType;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** A variable of a template, in requests and responses. */
@JsonInclude(JsonInclude.Include.NON_NULL)
record PictifyVariable(
    @Nullable String name,
    @Nullable String type,
    @Nullable JsonNode defaultValue,
    @Nullable String description,
    @Nullable PictifyValidation validation) {

  @JsonInclude(JsonInclude.Include.NON_NULL)
  record PictifyValidation(
      @Nullable Boolean required, @Nullable Integer minLength, @Nullable Integer maxLength) {}

  static PictifyVariable of(Variable variable) {
    Variable.Validation rules = variable.validation();
    return new PictifyVariable(
        variable.name(),
        variable.type().wireName(),
        variable.defaultValue(),
        variable.description(),
        rules.equals(Variable.Validation.NONE)
            ? null
            : new PictifyValidation(rules.required(), rules.minLength(), rules.maxLength()));
  }

  Variable toVariable() {
    if (name == null || name.isBlank()) {
      throw Problem.invalid(InputError.missing("variableDefinitions.name")).asException();
    }
    String typeName = type == null ? "text" : type.toLowerCase(Locale.ROOT);
    VariableType variableType =
        VariableType.of(typeName)
            .orElseThrow(() ->
                invalid(
                    "type",
                    "must be one of text, image, color, number, boolean, string, array, object"));
    return new Variable(name, variableType, defaultValue, description, toValidation(), false, true);
  }

  private static ProblemException invalid(String field, String message) {
    return Problem.invalid(InputError.field("variableDefinitions." + field, message)).asException();
  }

  private Variable.Validation toValidation() {
    return validation == null
        ? Variable.Validation.NONE
        : new Variable.Validation(
            Boolean.TRUE.equals(validation.required()),
            validation.minLength(),
            validation.maxLength());
  }
}
