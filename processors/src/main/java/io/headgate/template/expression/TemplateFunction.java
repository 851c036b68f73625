package io.headgate.template.expression;

import io.headgate.template.expression.VariableReference.VariableUse;
import java.util.List;
import tools.jackson.databind.JsonNode;

/**
 * A function that expressions can call.
 *
 * @param least the fewest arguments
 * @param most the most arguments
 * @param use the likely type of the first argument; of all arguments where {@code most} is {@link
 *     #ANY}
 * @param acceptsMissing true when a missing argument is allowed
 */
record TemplateFunction(
    String name, int least, int most, VariableUse use, Body body, boolean acceptsMissing) {

  TemplateFunction(String name, int least, int most, VariableUse use, Body body) {
    this(name, least, most, use, body, false);
  }

  TemplateFunction acceptingMissing() {
    return new TemplateFunction(name, least, most, use, body, true);
  }

  /** No upper bound of arguments. */
  static final int ANY = Integer.MAX_VALUE;

  @FunctionalInterface
  interface Body {
    JsonNode of(CallArguments arguments);
  }

  VariableUse use(int argument) {
    return argument == 0 || most == ANY ? use : VariableUse.OTHER;
  }

  JsonNode apply(List<JsonNode> arguments) {
    return body.of(new CallArguments(name, arguments));
  }

  void checkCount(int given) {
    if (given < least || given > most) {
      throw new ExpressionException(name + " takes " + expected() + ", not " + given);
    }
  }

  private String expected() {
    String unit = (most == ANY ? least : most) == 1 ? " argument" : " arguments";
    if (most == ANY) {
      return "at least " + least + unit;
    }
    return (least == most ? "" + least : least + " to " + most) + unit;
  }
}
