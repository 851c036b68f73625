package io.headgate.template;

import io.headgate.template.expression.Reference;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** What a variable seems to be from one of its uses; the surest first. */
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

  /** From where it stands in the page. */
  static Guess of(Place place) {
    if (place.image()) {
      return IMAGE;
    }
    return place.color() ? COLOR : TEXT;
  }

  /**
   * From what an expression does with it.
   *
   * @param shown what it is when it is the whole expression
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

  /** What is shown with this in its place where it is not there. */
  private static Guess of(@Nullable JsonNode otherwise) {
    return otherwise != null && otherwise.isNumber() ? NUMBER : TEXT;
  }

  /** A text that is also asked whether it is there is still a text where it is shown as another. */
  static Guess surer(Guess one, Guess other) {
    if ((one == BOOLEAN && other == TEXT) || (one == TEXT && other == BOOLEAN)) {
      return TEXT;
    }
    return one.compareTo(other) <= 0 ? one : other;
  }
}
