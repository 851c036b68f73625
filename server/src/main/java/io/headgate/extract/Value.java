package io.headgate.extract;

import org.jsoup.nodes.Element;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** What was found, before it is given the type that the schema asks for. */
sealed interface Value {

  /**
   * @param element where the text stands, for what the text leaves out, such as where a link leads
   */
  record Words(String text, @Nullable Element element) implements Value {}

  record Json(JsonNode node) implements Value {}

  static Value of(Element element) {
    return new Words(element.text(), element);
  }
}
