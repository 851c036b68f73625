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
final class Keywords {

  private static final Set<String> READ =
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
  private static final Set<String> OF_READERS =
      Set.of("$schema", "$id", "$anchor", "$comment", "nullable");

  private static final Set<String> ONLY_CHECKED =
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

  private Keywords() {}

  static void check(JsonNode schema, SchemaReader reader) {
    check(schema, "", reader);
  }

  private static void check(JsonNode schema, String at, SchemaReader reader) {
    for (Map.Entry<String, JsonNode> keyword : schema.properties()) {
      String name = keyword.getKey();
      String place = at.isEmpty() ? name : at + "." + name;
      JsonNode value = keyword.getValue();
      word(name, value, place, reader);
      if (SCHEMAS.contains(name)) {
        checkAll(value, place, reader);
      } else if (NAMED_SCHEMAS.contains(name)) {
        value.forEachEntry((key, inner) -> check(inner, place + "." + key, reader));
      }
    }
  }

  /**
   * Returns a copy of the schema with only the keywords that the validator supports, and without
   * identifiers under which the validator could confuse schemas of different users.
   */
  static JsonNode plain(JsonNode schema) {
    if (schema.isArray()) {
      ArrayNode all = JsonNodeFactory.instance.arrayNode();
      schema.forEach(one -> all.add(plain(one)));
      return all;
    }
    ObjectNode plain = JsonNodeFactory.instance.objectNode();
    if (!schema.isObject()) {
      return schema;
    }
    schema.forEachEntry((name, value) -> {
      if (SCHEMAS.contains(name)) {
        plain.set(name, plain(value));
      } else if (NAMED_SCHEMAS.contains(name)) {
        ObjectNode inner = plain.putObject(name);
        value.forEachEntry((key, one) -> inner.set(key, plain(one)));
      } else if ((READ.contains(name) && !OF_READERS.contains(name))
          || ONLY_CHECKED.contains(name)) {
        plain.set(name, value);
      }
    });
    if (schema.path("nullable").asBoolean(false) && schema.path("type").isString()) {
      plain.putArray("type").add(schema.get("type")).add("null");
    }
    return plain;
  }

  private static void checkAll(JsonNode value, String place, SchemaReader reader) {
    if (value.isArray()) {
      for (int i = 0; i < value.size(); i++) {
        check(value.get(i), place + "." + i, reader);
      }
    } else {
      check(value, place, reader);
    }
  }

  private static void word(String name, JsonNode value, String place, SchemaReader reader) {
    switch (name) {
      case "x-selector" -> rule(value, place, Selectors.objection(value.asString("")), reader);
      case "x-regex" -> rule(value, place, SafeRegex.objection(value.asString("")), reader);
      case "x-attribute" -> rule(value, place, attributeObjection(value.asString("")), reader);
      case "pattern" ->
          SafeRegex.objection(value.asString("")).ifPresent(why -> reader.fault(place, why));
      case "patternProperties" ->
          value
              .propertyNames()
              .forEach(regex ->
                  SafeRegex.objection(regex)
                      .ifPresent(why -> reader.fault(place + "." + regex, why)));
      case "$dynamicRef", "$recursiveRef" ->
          reader.fault(place, "is not supported; use $ref with #/$defs/… instead");
      default -> other(name, place, reader);
    }
  }

  private static void other(String name, String place, SchemaReader reader) {
    if (name.startsWith("x-")) {
      foreign(name, place, reader);
    } else if (ONLY_CHECKED.contains(name)) {
      reader.warn(place + " is not used to find values, only to check them");
    } else if (!READ.contains(name)) {
      reader.warn(place + " is not a keyword of JSON Schema and is ignored");
    }
  }

  /**
   * Rejects a name that resembles an extraction rule, because a typing error would show up only as
   * missing values. Warns about every other extension keyword.
   */
  private static void foreign(String name, String place, SchemaReader reader) {
    Suggestion.nearest(name, RULES)
        .ifPresentOrElse(
            rule -> reader.fault(place, "is not known here, did you mean " + rule + "?"),
            () ->
                reader.warn(
                    place
                        + " is not known here and is ignored;"
                        + " there are x-selector, x-regex and x-attribute"));
  }

  private static void rule(
      JsonNode value, String place, Optional<String> objection, SchemaReader reader) {
    if (!value.isString()) {
      reader.fault(place, "must be a string");
    } else {
      objection.ifPresent(why -> reader.fault(place, why));
    }
  }

  private static Optional<String> attributeObjection(String name) {
    return name.matches("[A-Za-z_][A-Za-z0-9_.:-]{0,99}")
        ? Optional.empty()
        : Optional.of("is not the name of an attribute");
  }
}
