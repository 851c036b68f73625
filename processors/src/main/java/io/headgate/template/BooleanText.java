package io.headgate.template;

import java.util.Locale;
import java.util.Optional;
import tools.jackson.databind.JsonNode;

/** Reads booleans that are written as text. */
final class BooleanText {

  private BooleanText() {}

  static Optional<Boolean> parse(JsonNode value) {
    if (!value.isString()) {
      return Optional.empty();
    }
    return switch (value.stringValue().strip().toLowerCase(Locale.ROOT)) {
      case "true" -> Optional.of(true);
      case "false" -> Optional.of(false);
      default -> Optional.empty();
    };
  }
}
