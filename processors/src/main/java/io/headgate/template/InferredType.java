package io.headgate.template;

import io.headgate.template.expression.VariableReference;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** The type of a variable, inferred from one of its uses; the most certain type first. */
enum InferredType {
  ARRAY(VariableType.ARRAY),
  OBJECT(VariableType.OBJECT),
  NUMBER(VariableType.NUMBER),
  IMAGE(VariableType.IMAGE),
  COLOR(VariableType.COLOR),
  BOOLEAN(VariableType.BOOLEAN),
  TEXT(VariableType.TEXT);

  private final VariableType type;

  InferredType(VariableType type) {
    this.type = type;
  }

  VariableType type() {
    return type;
  }

  /** Infers from the place in the page. */
  static InferredType of(ValuePlace place) {
    if (place.image()) {
      return IMAGE;
    }
    return place.color() ? COLOR : TEXT;
  }

  /**
   * Infers from the use in an expression.
   *
   * @param shown the type when the reference is the whole expression
   */
  static InferredType of(VariableReference reference, InferredType shown) {
    if (reference.deep()) {
      return reference.use() == VariableReference.VariableUse.LIST ? ARRAY : OBJECT;
    }
    return switch (reference.use()) {
      case SHOWN -> shown == TEXT ? of(reference.defaultValue()) : shown;
      case TRUTH -> BOOLEAN;
      case NUMBER -> NUMBER;
      case LIST -> ARRAY;
      case OTHER -> TEXT;
    };
  }

  /** Infers from the default value. */
  private static InferredType of(@Nullable JsonNode otherwise) {
    return otherwise != null && otherwise.isNumber() ? NUMBER : TEXT;
  }

  /** The more certain type; a variable that is both shown and tested as a condition is a text. */
  static InferredType moreCertain(InferredType one, InferredType other) {
    if ((one == BOOLEAN && other == TEXT) || (one == TEXT && other == BOOLEAN)) {
      return TEXT;
    }
    return one.compareTo(other) <= 0 ? one : other;
  }
}
