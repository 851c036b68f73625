package io.headgate.template.expression;

import io.headgate.template.expression.VariableReference.VariableUse;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.Arrays;
import java.util.List;
import java.util.function.ToDoubleFunction;
import tools.jackson.databind.JsonNode;

/** Functions of numbers. Texts that spell a number count as one; missing values do not. */
final class NumberFunctions {

  private static final int MAX_DIGITS = 15;

  private NumberFunctions() {}

  static List<TemplateFunction> all() {
    return List.of(
        new TemplateFunction(
            "round", 1, 2, VariableUse.NUMBER, call -> rounded(call, RoundingMode.HALF_UP)),
        new TemplateFunction(
            "floor", 1, 2, VariableUse.NUMBER, call -> rounded(call, RoundingMode.FLOOR)),
        new TemplateFunction(
            "ceil", 1, 2, VariableUse.NUMBER, call -> rounded(call, RoundingMode.CEILING)),
        new TemplateFunction(
            "abs", 1, 1, VariableUse.NUMBER, call -> JsonValues.number(Math.abs(call.number(0)))),
        several("min", numbers -> Arrays.stream(numbers).min().orElseThrow(), false),
        several("max", numbers -> Arrays.stream(numbers).max().orElseThrow(), false),
        several("sum", numbers -> Arrays.stream(numbers).sum(), true),
        several("average", numbers -> Arrays.stream(numbers).average().orElseThrow(), false));
  }

  private static JsonNode rounded(CallArguments call, RoundingMode mode) {
    int digits = call.whole(1, 0, MAX_DIGITS, 0);
    BigDecimal exact = BigDecimal.valueOf(call.number(0));
    return JsonValues.number(exact.setScale(digits, mode).doubleValue());
  }

  private static TemplateFunction several(
      String name, ToDoubleFunction<double[]> fold, boolean ofNone) {
    return new TemplateFunction(
        name,
        1,
        TemplateFunction.ANY,
        VariableUse.NUMBER,
        call -> {
          double[] numbers = call.numbers();
          if (numbers.length == 0 && !ofNone) {
            throw new ExpressionException(name + " of an empty list does not exist");
          }
          return JsonValues.number(fold.applyAsDouble(numbers));
        });
  }
}
