package io.headgate.extract;

import java.util.List;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;

/**
 * The value extracted for one node of the schema.
 *
 * @param value JSON null when nothing was found
 * @param missing dotted paths of required properties without a value
 */
record ExtractedValue(JsonNode value, List<String> missing) {

  static final ExtractedValue NOTHING =
      new ExtractedValue(JsonNodeFactory.instance.nullNode(), List.of());

  static ExtractedValue of(JsonNode value) {
    return new ExtractedValue(value, List.of());
  }

  boolean isFound() {
    return !value.isNull();
  }
}
