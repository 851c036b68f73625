package io.headgate.template.expression;

import io.headgate.template.expression.Reference.Use;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.Arrays;
import java.util.List;
import java.util.function.ToDoubleFunction;
import tools.jackson.databind.JsonNode;

/** Functions of numbers. Texts that spell a number count as one; missing values do not. */
final class NumberFunctions {

  private static final int MOST_DIGITS = 15;

  private NumberFunctions() {}

  static List<Function> all() {
    return List.of(
        new Function("round", 1, 2, Use.NUMBER, call -> rounded(call, RoundingMode.HALF_UP)),
        new Function("floor", 1, 2, Use.NUMBER, call -> rounded(call, RoundingMode.FLOOR)),
        new Function("ceil", 1, 2, Use.NUMBER, call -> rounded(call, RoundingMode.CEILING)),
        new Function("abs", 1, 1, Use.NUMBER, call -> Values.number(Math.abs(call.number(0)))),
        several("min", numbers -> Arrays.stream(numbers).min().orElseThrow(), false),
        several("max", numbers -> Arrays.stream(numbers).max().orElseThrow(), false),
        several("sum", numbers -> Arrays.stream(numbers).sum(), true),
        several("average", numbers -> Arrays.stream(numbers).average().orElseThrow(), false));
  }

  private static JsonNode rounded(Arguments call, RoundingMode mode) {
    int digits = call.whole(1, 0, MOST_DIGITS, 0);
    BigDecimal exact = BigDecimal.valueOf(call.number(0));
    return Values.number(exact.setScale(digits, mode).doubleValue());
  }

  private static Function several(String name, ToDoubleFunction<double[]> fold, boolean ofNone) {
    return new Function(
        name,
        1,
        Function.ANY,
        Use.NUMBER,
        call -> {
          double[] numbers = call.numbers();
          if (numbers.length == 0 && !ofNone) {
            throw new ExpressionException(name + " of an empty list does not exist");
          }
          return Values.number(fold.applyAsDouble(numbers));
        });
  }
}
