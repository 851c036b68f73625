package io.headgate.template.expression;

import java.util.Arrays;
import java.util.Optional;

/** The operators with their precedence. Unary operators have precedence 0. */
enum Operator {
  OR("||", 1),
  AND("&&", 2),
  EQUAL("==", 3),
  NOT_EQUAL("!=", 3),
  SAME("===", 3),
  NOT_SAME("!==", 3),
  LESS("<", 4),
  AT_MOST("<=", 4),
  MORE(">", 4),
  AT_LEAST(">=", 4),
  PLUS("+", 5),
  MINUS("-", 5),
  TIMES("*", 6),
  DIVIDE("/", 6),
  REMAINDER("%", 6),
  NOT("!", 0),
  NEGATE("-", 0);

  private final String sign;
  private final int precedence;

  Operator(String sign, int binding) {
    this.sign = sign;
    this.precedence = binding;
  }

  String sign() {
    return sign;
  }

  int precedence() {
    return precedence;
  }

  boolean arithmetic() {
    return switch (this) {
      case MINUS, TIMES, DIVIDE, REMAINDER, NEGATE -> true;
      case OR, AND, EQUAL, NOT_EQUAL, SAME, NOT_SAME -> false;
      case LESS, AT_MOST, MORE, AT_LEAST, PLUS, NOT -> false;
    };
  }

  static Optional<Operator> binary(String sign) {
    return Arrays.stream(values()).filter(o -> o.precedence > 0 && o.sign.equals(sign)).findFirst();
  }
}
