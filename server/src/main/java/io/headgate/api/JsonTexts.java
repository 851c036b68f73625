package io.headgate.api;

import io.headgate.batch.Flaw;
import io.headgate.batch.Violation;
import java.math.BigDecimal;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** Free-form objects of clients: what of them PostgreSQL could not hold as jsonb. */
public final class JsonTexts {

  /** Digits before or after the point of a number; jsonb holds far more, readers far less. */
  private static final int MAX_DIGITS = 400;

  private JsonTexts() {}

  /** What is wrong with a field that must be an object; empty when nothing is, or it is null. */
  public static Optional<Violation> check(String field, @Nullable JsonNode node) {
    if (node == null || node.isNull()) {
      return Optional.empty();
    }
    return node.isObject()
        ? walk(field, node)
        : Optional.of(new Violation(field, "must be an object", Flaw.WRONG_TYPE));
  }

  /** The same for JSON of any kind. */
  public static Optional<Violation> walk(String field, JsonNode node) {
    if (node.isString() && !storable(node.stringValue())) {
      return Optional.of(new Violation(field, "contains a character that cannot be stored"));
    }
    if (node.isNumber() && !modest(node)) {
      return Optional.of(new Violation(field, "is a number of too many digits"));
    }
    for (int i = 0; node.isArray() && i < node.size(); i++) {
      Optional<Violation> inner = walk(field + "." + i, node.get(i));
      if (inner.isPresent()) {
        return inner;
      }
    }
    for (Map.Entry<String, JsonNode> member : node.properties()) {
      Optional<Violation> inner =
          storable(member.getKey())
              ? walk(field + "." + member.getKey(), member.getValue())
              : Optional.of(new Violation(field, "has a name that cannot be stored"));
      if (inner.isPresent()) {
        return inner;
      }
    }
    return Optional.empty();
  }

  private static boolean modest(JsonNode node) {
    if (node.isFloatingPointNumber() && !Double.isFinite(node.doubleValue())) {
      return false;
    }
    BigDecimal number = node.decimalValue();
    return number.precision() <= MAX_DIGITS && Math.abs((long) number.scale()) <= MAX_DIGITS;
  }

  public static boolean storable(String text) {
    return text.codePoints()
        .noneMatch(c -> c == 0 || (c >= Character.MIN_SURROGATE && c <= Character.MAX_SURROGATE));
  }
}
