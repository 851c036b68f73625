package io.headgate.template.expression;

import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;
import java.util.OptionalDouble;
import java.util.regex.Pattern;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;

/** Converts JSON values to booleans, numbers and texts. */
final class JsonValues {

  /** The digits that a double keeps: 0.1 + 0.2 is shown as 0.3. */
  private static final MathContext DIGITS = new MathContext(15, RoundingMode.HALF_EVEN);

  private static final double LARGEST_WHOLE = 9_007_199_254_740_992.0;

  private static final Pattern NUMBER =
      Pattern.compile("[-+]?[0-9]{1,300}(\\.[0-9]{1,300})?([eE][-+]?[0-9]{1,3})?");

  private JsonValues() {}

  static boolean isAbsent(JsonNode value) {
    return value.isMissingNode() || value.isNull();
  }

  /** As in Handlebars, false for missing, null, false, 0, empty text and an empty list. */
  static boolean truth(JsonNode value) {
    return switch (value.getNodeType()) {
      case MISSING, NULL -> false;
      case BOOLEAN -> value.booleanValue();
      case NUMBER -> value.doubleValue() != 0;
      case STRING -> !value.stringValue().isEmpty();
      case ARRAY -> !value.isEmpty();
      case OBJECT, BINARY, POJO -> true;
    };
  }

  /** The value of a number or of a text that spells one: CSV rows hold only texts. */
  static OptionalDouble numeric(JsonNode value) {
    if (value.isNumber()) {
      return finite(value.doubleValue());
    }
    if (value.isString() && NUMBER.matcher(value.stringValue().strip()).matches()) {
      return finite(Double.parseDouble(value.stringValue().strip()));
    }
    return OptionalDouble.empty();
  }

  private static OptionalDouble finite(double number) {
    return Double.isFinite(number) ? OptionalDouble.of(number) : OptionalDouble.empty();
  }

  static JsonNode number(double number) {
    if (!Double.isFinite(number)) {
      throw new ExpressionException("the result is too large a number");
    }
    boolean whole = number == Math.rint(number) && Math.abs(number) < LARGEST_WHOLE;
    return whole
        ? JsonNodeFactory.instance.numberNode((long) number)
        : JsonNodeFactory.instance.numberNode(number);
  }

  static JsonNode text(String text) {
    if (text.length() > TemplateLimits.MAX_TEXT) {
      throw new ExpressionException(
          "a text is longer than " + TemplateLimits.MAX_TEXT + " characters");
    }
    return JsonNodeFactory.instance.stringNode(text);
  }

  static JsonNode truth(boolean value) {
    return JsonNodeFactory.instance.booleanNode(value);
  }

  /** The text that a page shows; empty for a missing value. */
  static String display(JsonNode value) {
    return switch (value.getNodeType()) {
      case MISSING, NULL -> "";
      case STRING -> value.stringValue();
      case NUMBER -> displayNumber(value);
      case ARRAY -> joined(value, ",");
      case BOOLEAN -> Boolean.toString(value.booleanValue());
      case OBJECT -> value.toString();
      case BINARY, POJO -> ""; // in no JSON
    };
  }

  private static String displayNumber(JsonNode value) {
    if (value.isIntegralNumber()) {
      return value.asString();
    }
    double number = value.doubleValue();
    if (!Double.isFinite(number)) {
      throw new ExpressionException("a number is too large");
    }
    BigDecimal rounded = BigDecimal.valueOf(number).round(DIGITS);
    return rounded.signum() == 0 ? "0" : rounded.stripTrailingZeros().toPlainString();
  }

  static String joined(JsonNode list, String separator) {
    StringBuilder all = new StringBuilder();
    for (int i = 0; i < list.size(); i++) {
      all.append(i == 0 ? "" : separator).append(display(list.get(i)));
      if (all.length() > TemplateLimits.MAX_TEXT) {
        throw new ExpressionException(
            "a text is longer than " + TemplateLimits.MAX_TEXT + " characters");
      }
    }
    return all.toString();
  }

  /** Loose equality, as in JavaScript: 5 equals "5", and null equals a missing value. */
  static boolean equal(JsonNode left, JsonNode right) {
    if (isAbsent(left) || isAbsent(right)) {
      return isAbsent(left) && isAbsent(right);
    }
    if (left.isNumber() || right.isNumber()) {
      OptionalDouble one = numeric(left);
      return one.isPresent() && one.equals(numeric(right));
    }
    return left.equals(right);
  }

  static boolean same(JsonNode left, JsonNode right) {
    return left.getNodeType() == right.getNodeType() && equal(left, right);
  }

  /** The value in an error message. */
  static String describe(JsonNode value) {
    return switch (value.getNodeType()) {
      case MISSING, NULL -> "nothing";
      case STRING -> "the text \"" + cut(value.stringValue()) + "\"";
      case NUMBER -> "a number";
      case BOOLEAN -> Boolean.toString(value.booleanValue());
      case ARRAY -> "a list";
      case OBJECT -> "an object";
      case BINARY, POJO -> "a foreign value";
    };
  }

  private static String cut(String text) {
    return text.length() <= 40 ? text : text.substring(0, 40) + "…";
  }
}
