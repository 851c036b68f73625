package io.headgate.extract;

import java.util.List;
import java.util.Map;
import java.util.Set;
import tools.jackson.databind.JsonNode;

/** A parsed node of a schema: what to search for and which type to produce. */
sealed interface SchemaNode {

  PropertyNames names();

  ExtractionRule rule();

  /** True if null is a valid value and not a missing one. */
  boolean nullable();

  /** The types of a single value, in the order in which they are tried. */
  enum ScalarKind {
    BOOLEAN,
    INTEGER,
    NUMBER,
    STRING,
    /** An object without declared properties. */
    ANY_OBJECT
  }

  /**
   * A single value.
   *
   * @param format of a string, such as {@code date}; empty for none
   * @param choices the values of {@code enum} or {@code const}; empty for any
   */
  record ScalarSchema(
      PropertyNames names,
      ExtractionRule rule,
      boolean nullable,
      List<ScalarKind> kinds,
      String format,
      List<JsonNode> choices)
      implements SchemaNode {

    boolean isUrl() {
      return format.startsWith("uri") || format.startsWith("iri") || format.equals("url");
    }
  }

  /** An object. */
  record ObjectSchema(
      PropertyNames names,
      ExtractionRule rule,
      boolean nullable,
      Map<String, SchemaNode> properties,
      Set<String> required)
      implements SchemaNode {

    /** True if all properties are objects or arrays, so that the object stands for the page. */
    boolean isWrapper() {
      return properties.values().stream().noneMatch(ScalarSchema.class::isInstance);
    }
  }

  /** An array. */
  record ArraySchema(PropertyNames names, ExtractionRule rule, boolean nullable, SchemaNode items)
      implements SchemaNode {}
}
