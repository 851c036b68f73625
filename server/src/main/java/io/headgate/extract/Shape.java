package io.headgate.extract;

import java.util.List;
import java.util.Map;
import java.util.Set;
import tools.jackson.databind.JsonNode;

/** A parsed node of a schema: what to search for and which type to produce. */
sealed interface Shape {

  Names names();

  Rule rule();

  /** True if null is a valid value and not a missing one. */
  boolean nullable();

  /** The types of a single value, in the order in which they are tried. */
  enum Kind {
    BOOLEAN,
    INTEGER,
    NUMBER,
    STRING,
    /** An object without declared properties. */
    ANYTHING
  }

  /**
   * A single value.
   *
   * @param format of a string, such as {@code date}; empty for none
   * @param choices the values of {@code enum} or {@code const}; empty for any
   */
  record Scalar(
      Names names,
      Rule rule,
      boolean nullable,
      List<Kind> kinds,
      String format,
      List<JsonNode> choices)
      implements Shape {

    boolean address() {
      return format.startsWith("uri") || format.startsWith("iri") || format.equals("url");
    }
  }

  /** An object. */
  record Group(
      Names names, Rule rule, boolean nullable, Map<String, Shape> properties, Set<String> required)
      implements Shape {

    /** True if all properties are objects or arrays, so that the object stands for the page. */
    boolean wrapper() {
      return properties.values().stream().noneMatch(Scalar.class::isInstance);
    }
  }

  /** An array. */
  record Series(Names names, Rule rule, boolean nullable, Shape items) implements Shape {}
}
