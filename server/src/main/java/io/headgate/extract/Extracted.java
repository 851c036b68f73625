package io.headgate.extract;

import java.util.List;
import tools.jackson.databind.JsonNode;

/** The result of an extraction. */
public sealed interface Extracted {

  /**
   * A value that matches the schema.
   *
   * @param value valid against the schema, except that each optional property without a value is
   *     JSON null
   */
  record Found(JsonNode value) implements Extracted {}

  /**
   * No value was found for at least one required property.
   *
   * @param properties dotted paths of the required properties without a value; at least one, at
   *     most 20
   */
  record Missing(List<String> properties) implements Extracted {

    /** A readable error message. */
    public String message() {
      return properties.size() == 1
          ? "no value was found for the required property " + properties.getFirst()
          : "no values were found for the required properties " + String.join(", ", properties);
    }
  }

  /**
   * A value was found that violates the schema.
   *
   * @param message a readable error message
   */
  record Unfit(String message) implements Extracted {}
}
