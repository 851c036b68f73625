package io.headgate.extract;

import org.jsoup.nodes.Element;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** A found value before it is converted to the type that the schema requires. */
sealed interface FoundValue {

  /**
   * Text, with the element it comes from.
   *
   * @param element source of details that the text omits, such as the target of a link; null if
   *     none
   */
  record TextValue(String text, @Nullable Element element) implements FoundValue {}

  /** A value from JSON data. */
  record JsonValue(JsonNode node) implements FoundValue {}

  static FoundValue of(Element element) {
    return new TextValue(element.text(), element);
  }
}
