package io.headgate.extract;

import java.util.List;
import tools.jackson.databind.JsonNode;

/** The result of an extraction. */
public sealed interface ExtractionResult {

  /**
   * A value that matches the schema.
   *
   * @param value valid against the schema, except that each optional property without a value is
   *     JSON null
   */
  record ValidValue(JsonNode value) implements ExtractionResult {}

  /**
   * No value was found for at least one required property.
   *
   * @param properties dotted paths of the required properties without a value; at least one, at
   *     most 20
   */
  record MissingProperties(List<String> properties) implements ExtractionResult {

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
  record InvalidValue(String message) implements ExtractionResult {}
}
