package io.headgate.extract;

import java.util.List;
import java.util.Map;
import java.util.Set;
import tools.jackson.databind.JsonNode;

/** One place of a schema, read once: what to look for there and what to make of it. */
sealed interface Shape {

  Names names();

  Rule rule();

  /** True when null is a value here and not the lack of one. */
  boolean nullable();

  /** What a single value may be, in the order in which it is tried. */
  enum Kind {
    BOOLEAN,
    INTEGER,
    NUMBER,
    STRING,
    /** An object whose properties nobody named. */
    ANYTHING
  }

  /**
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

  record Group(
      Names names, Rule rule, boolean nullable, Map<String, Shape> properties, Set<String> required)
      implements Shape {

    /** True when it holds nothing but other groups and series, so that it stands for the page. */
    boolean wrapper() {
      return properties.values().stream().noneMatch(Scalar.class::isInstance);
    }
  }

  record Series(Names names, Rule rule, boolean nullable, Shape items) implements Shape {}
}
