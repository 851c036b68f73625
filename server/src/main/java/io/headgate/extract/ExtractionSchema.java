package io.headgate.extract;

import java.util.List;
import java.util.Optional;
import tools.jackson.databind.JsonNode;

/**
 * A validated JSON Schema together with its extraction rules. It states what {@link Extractor}
 * extracts. Immutable and thread-safe.
 */
public final class ExtractionSchema {

  private final Shape shape;
  private final SchemaLaw law;
  private final List<String> warnings;

  private ExtractionSchema(Shape shape, SchemaLaw law, List<String> warnings) {
    this.shape = shape;
    this.law = law;
    this.warnings = List.copyOf(warnings);
  }

  /** Returns what is wrong with {@code schema}, at most 20 faults; empty if it is valid. */
  public static List<SchemaFault> faults(JsonNode schema) {
    SchemaReader reader = new SchemaReader(schema);
    reader.read();
    return reader.faults().stream().limit(20).toList();
  }

  /**
   * Parses a schema.
   *
   * @throws IllegalArgumentException if the schema has {@link #faults}
   */
  public static ExtractionSchema of(JsonNode schema) {
    SchemaReader reader = new SchemaReader(schema);
    Optional<Shape> shape = reader.read();
    if (shape.isEmpty() || !reader.faults().isEmpty()) {
      throw new IllegalArgumentException("the schema is invalid: " + reader.faults());
    }
    return new ExtractionSchema(shape.get(), SchemaLaw.of(schema), reader.warnings());
  }

  /** Sentences about keywords that are accepted but ignored or only partly used. */
  public List<String> warnings() {
    return warnings;
  }

  Shape shape() {
    return shape;
  }

  SchemaLaw law() {
    return law;
  }
}
