package io.headgate.extract;

import java.util.List;
import java.util.Optional;
import tools.jackson.databind.JsonNode;

/** A JSON Schema that was checked and read, with the rules of extraction in it. Never changes. */
public final class ExtractionSchema {

  private final Shape shape;
  private final SchemaLaw law;
  private final List<String> warnings;

  private ExtractionSchema(Shape shape, SchemaLaw law, List<String> warnings) {
    this.shape = shape;
    this.law = law;
    this.warnings = List.copyOf(warnings);
  }

  /** What is wrong with {@code schema}, at most 20 things; empty when nothing is. */
  public static List<SchemaFault> faults(JsonNode schema) {
    SchemaReader reader = new SchemaReader(schema);
    reader.read();
    return reader.faults().stream().limit(20).toList();
  }

  /**
   * @throws IllegalArgumentException when it has faults
   */
  public static ExtractionSchema of(JsonNode schema) {
    SchemaReader reader = new SchemaReader(schema);
    Optional<Shape> shape = reader.read();
    if (shape.isEmpty() || !reader.faults().isEmpty()) {
      throw new IllegalArgumentException("the schema has faults: " + reader.faults());
    }
    return new ExtractionSchema(shape.get(), SchemaLaw.of(schema), reader.warnings());
  }

  /** What is allowed but does less than it seems to, in sentences; shown to who submits it. */
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
