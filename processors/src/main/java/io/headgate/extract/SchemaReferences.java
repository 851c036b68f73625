package io.headgate.extract;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** Resolves {@code $ref}, {@code allOf}, {@code anyOf} and {@code oneOf} in a schema. */
final class SchemaReferences {

  private static final JsonNode EMPTY = JsonNodeFactory.instance.objectNode();

  private final JsonNode root;
  private final SchemaReader reader;
  private final Set<String> openReferences = new LinkedHashSet<>();

  SchemaReferences(JsonNode root, SchemaReader reader) {
    this.root = root;
    this.reader = reader;
  }

  /**
   * A schema without references.
   *
   * @param nullable true if an alternative allowed null
   * @param references the references that were followed
   */
  record ResolvedSchema(JsonNode schema, boolean nullable, Set<String> references) {}

  /** Follows references, merges {@code allOf} and picks the first alternative that is not null. */
  ResolvedSchema resolve(JsonNode given, String path) {
    JsonNode schema = given;
    boolean nullable = false;
    Set<String> followed = new LinkedHashSet<>();
    while (true) {
      if (schema.has("$ref")) {
        schema = dereference(schema, path, followed);
      } else if (!schema.path("allOf").isEmpty()) {
        schema = mergeAllOf(schema, path, followed);
      } else {
        String keyword = schema.has("anyOf") ? "anyOf" : "oneOf";
        if (!schema.has(keyword) || schema.has("type") || schema.has("properties")) {
          return new ResolvedSchema(schema, nullable, followed);
        }
        nullable |= schema.path(keyword).valueStream().anyMatch(SchemaReferences::isNull);
        schema = merge(schema, alternative(schema.path(keyword), path), keyword);
      }
    }
  }

  /** Ends the part of the schema in which the references would be circular. */
  void close(ResolvedSchema resolved) {
    openReferences.removeAll(resolved.references());
  }

  /**
   * Merges the parts of {@code allOf}. Schema generators use it around a single reference and for
   * inheritance.
   */
  private JsonNode mergeAllOf(JsonNode schema, String path, Set<String> followed) {
    ObjectNode merged = JsonNodeFactory.instance.objectNode();
    ObjectNode properties = JsonNodeFactory.instance.objectNode();
    ArrayNode required = JsonNodeFactory.instance.arrayNode();
    List<JsonNode> parts = new ArrayList<>();
    for (JsonNode part : schema.path("allOf")) {
      parts.add(part.has("$ref") ? dereference(part, path, followed) : part);
    }
    parts.add(schema);
    for (JsonNode part : parts) {
      part.forEachEntry((name, value) -> {
        if (!name.equals("allOf") || !part.equals(schema)) {
          merged.set(name, value);
        }
      });
      part.path("properties").forEachEntry(properties::set);
      part.path("required").forEach(required::add);
    }
    if (!properties.isEmpty()) {
      merged.set("properties", properties);
    }
    if (!required.isEmpty()) {
      merged.set("required", required);
    }
    return merged;
  }

  /**
   * Returns the target of a reference merged with the keywords beside it; an empty schema if the
   * reference is invalid or circular.
   */
  private JsonNode dereference(JsonNode schema, String path, Set<String> followed) {
    String reference = schema.path("$ref").asString();
    JsonNode target = target(reference, path);
    if (target == null) {
      return EMPTY;
    }
    if (!openReferences.add(reference)) {
      reader.fault(path, "refers to itself through " + reference);
      return EMPTY;
    }
    followed.add(reference);
    return merge(schema, target, "$ref");
  }

  private JsonNode alternative(JsonNode alternatives, String path) {
    List<JsonNode> values = alternatives.valueStream().filter(one -> !isNull(one)).toList();
    if (values.size() > 1) {
      reader.warn(
          SchemaReader.subject(path)
              + " has several alternatives: only the first is used to find values");
    }
    return values.isEmpty() ? EMPTY : values.getFirst();
  }

  private static boolean isNull(JsonNode schema) {
    return schema.path("type").asString("").equals("null");
  }

  private @Nullable JsonNode target(String reference, String path) {
    JsonNode target =
        reference.equals("#") || reference.startsWith("#/")
            ? root.at(reference.substring(1))
            : EMPTY.path("");
    if (!target.isObject()) {
      reader.fault(
          path,
          "refers to " + reference + ", which is not in the schema; only #/… references work");
      return null;
    }
    return target;
  }

  /** Merges two schemas; keywords of {@code outer} win, except the one named {@code without}. */
  private static JsonNode merge(JsonNode outer, JsonNode inner, String without) {
    ObjectNode merged = JsonNodeFactory.instance.objectNode();
    inner.forEachEntry(merged::set);
    outer.forEachEntry((name, value) -> {
      if (!name.equals(without)) {
        merged.set(name, value);
      }
    });
    return merged;
  }
}
