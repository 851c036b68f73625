package io.headgate.template;

import io.headgate.template.expression.Expression;
import java.util.Locale;
import java.util.Optional;
import tools.jackson.databind.JsonNode;

/** The type of a variable: either a type of images or a type of JSON. */
public enum VariableType {
  TEXT,
  IMAGE,
  COLOR,
  NUMBER,
  BOOLEAN,
  STRING,
  ARRAY,
  OBJECT;

  public String wireName() {
    return name().toLowerCase(Locale.ROOT);
  }

  public static Optional<VariableType> of(String word) {
    for (VariableType type : values()) {
      if (type.wireName().equals(word)) {
        return Optional.of(type);
      }
    }
    return Optional.empty();
  }

  /** CSV rows hold only texts, so a number or boolean may be written as one. */
  boolean accepts(JsonNode value) {
    return switch (this) {
      case TEXT, STRING, IMAGE, COLOR -> value.isValueNode() && !value.isNull();
      case NUMBER -> Expression.number(value).isPresent();
      case BOOLEAN -> value.isBoolean() || BooleanText.parse(value).isPresent();
      case ARRAY -> value.isArray();
      case OBJECT -> value.isObject();
    };
  }

  /** The name of the type in an error message. */
  String displayName() {
    return switch (this) {
      case TEXT, STRING -> "text";
      case IMAGE -> "the address of an image";
      case COLOR -> "a color";
      case NUMBER -> "a number";
      case BOOLEAN -> "true or false";
      case ARRAY -> "a list";
      case OBJECT -> "an object";
    };
  }
}
