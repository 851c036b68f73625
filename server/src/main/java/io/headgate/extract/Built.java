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
record Built(JsonNode value, List<String> missing) {

  static final Built NOTHING = new Built(JsonNodeFactory.instance.nullNode(), List.of());

  static Built of(JsonNode value) {
    return new Built(value, List.of());
  }

  boolean found() {
    return !value.isNull();
  }
}
