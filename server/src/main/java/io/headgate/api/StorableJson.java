package io.headgate.api;

import io.headgate.batch.Violation;
import io.headgate.batch.ViolationKind;
import java.math.BigDecimal;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** Checks that free-form JSON from clients can be stored as {@code jsonb} in PostgreSQL. */
public final class StorableJson {

  /**
   * Maximum digits before or after the decimal point. {@code jsonb} allows far more, but most JSON
   * readers do not.
   */
  private static final int MAX_DIGITS = 400;

  private StorableJson() {}

  /**
   * Checks a field that must be an object. Returns the first violation; empty when the value is
   * valid or null.
   */
  public static Optional<Violation> check(String field, @Nullable JsonNode node) {
    if (node == null || node.isNull()) {
      return Optional.empty();
    }
    return node.isObject()
        ? checkAny(field, node)
        : Optional.of(new Violation(field, "must be an object", ViolationKind.WRONG_TYPE));
  }

  /** Checks JSON of any type. Returns the first violation; empty when the value can be stored. */
  public static Optional<Violation> checkAny(String field, JsonNode node) {
    if (node.isString() && !isStorable(node.stringValue())) {
      return Optional.of(new Violation(field, "contains a character that cannot be stored"));
    }
    if (node.isNumber() && !hasFewDigits(node)) {
      return Optional.of(
          new Violation(
              field,
              "is a number with more than "
                  + MAX_DIGITS
                  + " digits before or after the decimal point"));
    }
    for (int i = 0; node.isArray() && i < node.size(); i++) {
      Optional<Violation> inner = checkAny(field + "." + i, node.get(i));
      if (inner.isPresent()) {
        return inner;
      }
    }
    for (Map.Entry<String, JsonNode> member : node.properties()) {
      Optional<Violation> inner =
          isStorable(member.getKey())
              ? checkAny(field + "." + member.getKey(), member.getValue())
              : Optional.of(
                  new Violation(field, "has a member name with a character that cannot be stored"));
      if (inner.isPresent()) {
        return inner;
      }
    }
    return Optional.empty();
  }

  private static boolean hasFewDigits(JsonNode node) {
    if (node.isFloatingPointNumber() && !Double.isFinite(node.doubleValue())) {
      return false;
    }
    BigDecimal number = node.decimalValue();
    return number.precision() <= MAX_DIGITS && Math.abs((long) number.scale()) <= MAX_DIGITS;
  }

  /** Returns whether {@code text} has neither NUL characters nor unpaired surrogates. */
  public static boolean isStorable(String text) {
    return text.codePoints()
        .noneMatch(c -> c == 0 || (c >= Character.MIN_SURROGATE && c <= Character.MAX_SURROGATE));
  }
}
