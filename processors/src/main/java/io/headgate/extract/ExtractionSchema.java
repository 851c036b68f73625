package io.headgate.extract;

import java.util.List;
import java.util.Optional;
import tools.jackson.databind.JsonNode;

/**
 * A validated JSON Schema together with its extraction rules. It states what {@link Extractor}
 * extracts. Immutable and thread-safe.
 */
public final class ExtractionSchema {

  private final SchemaNode root;
  private final SchemaValidator validator;
  private final List<String> warnings;

  private ExtractionSchema(SchemaNode root, SchemaValidator validator, List<String> warnings) {
    this.root = root;
    this.validator = validator;
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
    Optional<SchemaNode> root = reader.read();
    if (root.isEmpty() || !reader.faults().isEmpty()) {
      throw new IllegalArgumentException("the schema is invalid: " + reader.faults());
    }
    return new ExtractionSchema(root.get(), SchemaValidator.of(schema), reader.warnings());
  }

  /** Sentences about keywords that are accepted but ignored or only partly used. */
  public List<String> warnings() {
    return warnings;
  }

  SchemaNode root() {
    return root;
  }

  SchemaValidator validator() {
    return validator;
  }
}
