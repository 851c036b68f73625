package io.headgate.dialect.pictify;

import io.headgate.batch.Violation;
import io.headgate.batch.ViolationKind;
import io.headgate.http.InputError;
import io.headgate.http.Problem;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** Reads the {@code variables} of a single render. */
final class RenderVariables {

  private static final String FIELD = "variables";

  private RenderVariables() {}

  /** Returns the input of the item. A request without variables has an empty set. */
  static ObjectNode input(JsonNode body) {
    JsonNode variables = body.path(FIELD);
    if (variables.isMissingNode() || variables.isNull()) {
      variables = JsonNodeFactory.instance.objectNode();
    }
    if (!variables.isObject()) {
      throw Problem.invalid(
              InputError.of(new Violation(FIELD, "must be an object", ViolationKind.WRONG_TYPE)))
          .asException();
    }
    return JsonNodeFactory.instance.objectNode().set(FIELD, variables);
  }
}
