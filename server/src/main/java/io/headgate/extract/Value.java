package io.headgate.extract;

import org.jsoup.nodes.Element;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** A found value before it is converted to the type that the schema requires. */
sealed interface Value {

  /**
   * Text, with the element it comes from.
   *
   * @param element source of details that the text omits, such as the target of a link; null if
   *     none
   */
  record Words(String text, @Nullable Element element) implements Value {}

  /** A value from JSON data. */
  record Json(JsonNode node) implements Value {}

  static Value of(Element element) {
    return new Words(element.text(), element);
  }
}
