package io.headgate.template;

import io.headgate.template.Variable.Validation;
import io.headgate.template.expression.Expression;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** Checks variables against their declarations and adds default values. */
final class VariableValidator {

  private VariableValidator() {}

  /** The first violation. Unknown variables are ignored. */
  static Optional<TemplateResult.TemplateProblem> problem(
      List<Variable> variables, JsonNode given) {
    return variables.stream()
        .filter(Variable::declared)
        .flatMap(variable -> problem(variable, given.path(variable.name())).stream())
        .findFirst();
  }

  private static Optional<TemplateResult.TemplateProblem> problem(
      Variable variable, JsonNode value) {
    if (absent(value)) {
      boolean missing = variable.validation().required() && variable.defaultValue() == null;
      return missing
          ? Optional.of(new TemplateResult.MissingVariable(variable.name()))
          : Optional.empty();
    }
    return Optional.ofNullable(violation(variable, value))
        .map(violation -> new TemplateResult.InvalidVariable(variable.name(), violation));
  }

  /** The end of a sentence that begins with the variable's name; null when the value is valid. */
  static @Nullable String violation(Variable variable, JsonNode value) {
    Validation validation = variable.validation();
    if (!variable.type().accepts(value)) {
      return "must be " + variable.type().displayName();
    }
    if (validation.required() && value.isString() && value.stringValue().isEmpty()) {
      return "must not be empty";
    }
    int length = value.isString() ? characters(value.stringValue()) : value.size();
    boolean measured = value.isString() || value.isArray();
    String unit = value.isString() ? " characters" : " entries";
    Integer least = validation.minLength();
    if (measured && least != null && length < least) {
      return "must have at least " + least + unit + " and has " + length;
    }
    Integer most = validation.maxLength();
    return measured && most != null && length > most
        ? "must have at most " + most + unit + " and has " + length
        : null;
  }

  private static int characters(String text) {
    return text.codePointCount(0, text.length());
  }

  private static boolean absent(JsonNode value) {
    return value.isMissingNode() || value.isNull();
  }

  /** The variables as expressions see them: with defaults, and texts converted to their type. */
  static ObjectNode withDefaults(List<Variable> variables, JsonNode given) {
    ObjectNode all = JsonNodeFactory.instance.objectNode();
    given.properties().forEach(entry -> all.set(entry.getKey(), entry.getValue()));
    for (Variable variable : variables) {
      JsonNode value = all.path(variable.name());
      if (variable.declared() && absent(value) && variable.defaultValue() != null) {
        all.set(variable.name(), variable.defaultValue());
      }
      if (variable.declared()) {
        converted(variable.type(), all.path(variable.name()))
            .ifPresent(meant -> all.set(variable.name(), meant));
      }
    }
    return all;
  }

  private static Optional<JsonNode> converted(VariableType type, JsonNode value) {
    return switch (type) {
      case BOOLEAN -> BooleanText.parse(value).map(JsonNodeFactory.instance::booleanNode);
      case NUMBER -> value.isString() ? Expression.number(value) : Optional.empty();
      case TEXT, IMAGE, COLOR, STRING, ARRAY, OBJECT -> Optional.empty();
    };
  }
}
