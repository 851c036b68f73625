package io.headgate.extract;

import io.headgate.text.Suggestion;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** Checks each keyword of a schema: reports invalid ones and warns about ignored ones. */
final class SchemaKeywords {

  private static final Set<String> SUPPORTED =
      Set.of(
          "$schema",
          "$id",
          "$ref",
          "$defs",
          "definitions",
          "$comment",
          "$anchor",
          "title",
          "description",
          "default",
          "examples",
          "deprecated",
          "readOnly",
          "writeOnly",
          "type",
          "properties",
          "required",
          "items",
          "enum",
          "const",
          "format",
          "anyOf",
          "oneOf",
          "allOf",
          "additionalProperties",
          "pattern",
          "minLength",
          "maxLength",
          "minimum",
          "maximum",
          "exclusiveMinimum",
          "exclusiveMaximum",
          "multipleOf",
          "minItems",
          "maxItems",
          "uniqueItems",
          "minProperties",
          "maxProperties",
          "nullable",
          "propertyNames");

  /** Metadata keywords; they do not constrain values. */
  private static final Set<String> METADATA =
      Set.of("$schema", "$id", "$anchor", "$comment", "nullable");

  private static final Set<String> VALIDATION_ONLY =
      Set.of(
          "not",
          "if",
          "then",
          "else",
          "dependentRequired",
          "dependentSchemas",
          "patternProperties",
          "unevaluatedProperties",
          "unevaluatedItems",
          "prefixItems",
          "contains",
          "minContains",
          "maxContains",
          "dependencies",
          "additionalItems");

  private static final Set<String> RULES = Set.of("x-selector", "x-regex", "x-attribute");

  /** Keywords whose value is a schema or an array of schemas. */
  private static final Set<String> SCHEMAS =
      Set.of(
          "items",
          "additionalProperties",
          "not",
          "if",
          "then",
          "else",
          "contains",
          "propertyNames",
          "anyOf",
          "oneOf",
          "allOf",
          "prefixItems");

  /** Keywords whose value maps names to schemas. */
  private static final Set<String> NAMED_SCHEMAS =
      Set.of("properties", "$defs", "definitions", "patternProperties", "dependentSchemas");

  private SchemaKeywords() {}

  static void check(JsonNode schema, SchemaReader reader) {
    check(schema, "", reader);
  }

  private static void check(JsonNode schema, String parentPath, SchemaReader reader) {
    for (Map.Entry<String, JsonNode> keyword : schema.properties()) {
      String name = keyword.getKey();
      String path = parentPath.isEmpty() ? name : parentPath + "." + name;
      JsonNode value = keyword.getValue();
      checkKeyword(name, value, path, reader);
      if (SCHEMAS.contains(name)) {
        checkAll(value, path, reader);
      } else if (NAMED_SCHEMAS.contains(name)) {
        value.forEachEntry((key, inner) -> check(inner, path + "." + key, reader));
      }
    }
  }

  /**
   * Returns a copy of the schema with only the keywords that the validator supports, and without
   * identifiers under which the validator could confuse schemas of different users.
   */
  static JsonNode forValidator(JsonNode schema) {
    if (schema.isArray()) {
      ArrayNode all = JsonNodeFactory.instance.arrayNode();
      schema.forEach(one -> all.add(forValidator(one)));
      return all;
    }
    ObjectNode result = JsonNodeFactory.instance.objectNode();
    if (!schema.isObject()) {
      return schema;
    }
    schema.forEachEntry((name, value) -> {
      if (SCHEMAS.contains(name)) {
        result.set(name, forValidator(value));
      } else if (NAMED_SCHEMAS.contains(name)) {
        ObjectNode inner = result.putObject(name);
        value.forEachEntry((key, one) -> inner.set(key, forValidator(one)));
      } else if ((SUPPORTED.contains(name) && !METADATA.contains(name))
          || VALIDATION_ONLY.contains(name)) {
        result.set(name, value);
      }
    });
    if (schema.path("nullable").asBoolean(false) && schema.path("type").isString()) {
      result.putArray("type").add(schema.get("type")).add("null");
    }
    return result;
  }

  private static void checkAll(JsonNode value, String path, SchemaReader reader) {
    if (value.isArray()) {
      for (int i = 0; i < value.size(); i++) {
        check(value.get(i), path + "." + i, reader);
      }
    } else {
      check(value, path, reader);
    }
  }

  private static void checkKeyword(String name, JsonNode value, String path, SchemaReader reader) {
    switch (name) {
      case "x-selector" -> rule(value, path, Selectors.invalidReason(value.asString("")), reader);
      case "x-regex" -> rule(value, path, SafeRegex.invalidReason(value.asString("")), reader);
      case "x-attribute" -> rule(value, path, invalidAttributeReason(value.asString("")), reader);
      case "pattern" ->
          SafeRegex.invalidReason(value.asString("")).ifPresent(why -> reader.fault(path, why));
      case "patternProperties" ->
          value
              .propertyNames()
              .forEach(regex ->
                  SafeRegex.invalidReason(regex)
                      .ifPresent(why -> reader.fault(path + "." + regex, why)));
      case "$dynamicRef", "$recursiveRef" ->
          reader.fault(path, "is not supported; use $ref with #/$defs/… instead");
      default -> other(name, path, reader);
    }
  }

  private static void other(String name, String path, SchemaReader reader) {
    if (name.startsWith("x-")) {
      foreign(name, path, reader);
    } else if (VALIDATION_ONLY.contains(name)) {
      reader.warn(path + " is not used to find values, only to check them");
    } else if (!SUPPORTED.contains(name)) {
      reader.warn(path + " is not a keyword of JSON Schema and is ignored");
    }
  }

  /**
   * Rejects a name that resembles an extraction rule, because a typing error would show up only as
   * missing values. Warns about every other extension keyword.
   */
  private static void foreign(String name, String path, SchemaReader reader) {
    Suggestion.nearest(name, RULES)
        .ifPresentOrElse(
            rule -> reader.fault(path, "is unknown, did you mean " + rule + "?"),
            () ->
                reader.warn(
                    path
                        + " is unknown and is ignored;"
                        + " known are x-selector, x-regex and x-attribute"));
  }

  private static void rule(
      JsonNode value, String path, Optional<String> reason, SchemaReader reader) {
    if (!value.isString()) {
      reader.fault(path, "must be a string");
    } else {
      reason.ifPresent(why -> reader.fault(path, why));
    }
  }

  private static Optional<String> invalidAttributeReason(String name) {
    return name.matches("[A-Za-z_][A-Za-z0-9_.:-]{0,99}")
        ? Optional.empty()
        : Optional.of("is not the name of an attribute");
  }
}
