package io.headgate.template;

import io.headgate.template.expression.Reference;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** The type of a variable, inferred from one of its uses; the most certain type first. */
enum Guess {
  ARRAY(VariableType.ARRAY),
  OBJECT(VariableType.OBJECT),
  NUMBER(VariableType.NUMBER),
  IMAGE(VariableType.IMAGE),
  COLOR(VariableType.COLOR),
  BOOLEAN(VariableType.BOOLEAN),
  TEXT(VariableType.TEXT);

  private final VariableType type;

  Guess(VariableType type) {
    this.type = type;
  }

  VariableType type() {
    return type;
  }

  /** Infers from the place in the page. */
  static Guess of(Place place) {
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
  static Guess of(Reference reference, Guess shown) {
    if (reference.deep()) {
      return reference.use() == Reference.Use.LIST ? ARRAY : OBJECT;
    }
    return switch (reference.use()) {
      case SHOWN -> shown == TEXT ? of(reference.otherwise()) : shown;
      case TRUTH -> BOOLEAN;
      case NUMBER -> NUMBER;
      case LIST -> ARRAY;
      case OTHER -> TEXT;
    };
  }

  /** Infers from the default value. */
  private static Guess of(@Nullable JsonNode otherwise) {
    return otherwise != null && otherwise.isNumber() ? NUMBER : TEXT;
  }

  /** The more certain type; a variable that is both shown and tested as a condition is a text. */
  static Guess surer(Guess one, Guess other) {
    if ((one == BOOLEAN && other == TEXT) || (one == TEXT && other == BOOLEAN)) {
      return TEXT;
    }
    return one.compareTo(other) <= 0 ? one : other;
  }
}
