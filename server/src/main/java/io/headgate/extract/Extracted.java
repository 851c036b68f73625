package io.headgate.extract;

import java.util.List;
import tools.jackson.databind.JsonNode;

/** What came of an extraction. */
public sealed interface Extracted {

  /**
   * @param value valid against the schema, but for the null of each optional property that is not
   *     there
   */
  record Found(JsonNode value) implements Extracted {}

  /**
   * @param properties the required properties without a value, by their dotted paths, at least one
   */
  record Missing(List<String> properties) implements Extracted {

    /** One sentence for people. */
    public String message() {
      return properties.size() == 1
          ? "no value was found for the required property " + properties.getFirst()
          : "no values were found for the required properties " + String.join(", ", properties);
    }
  }

  /**
   * A value was found that the schema does not allow.
   *
   * @param message one sentence for people
   */
  record Unfit(String message) implements Extracted {}
}
