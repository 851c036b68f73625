package io.headgate.dialect;

import com.networknt.schema.Schema;
import com.networknt.schema.SchemaLocation;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import tools.jackson.databind.JsonNode;

/**
 * What is wrong with a JSON Schema that a client sent, and what is odd about it. Nothing it refers
 * to is fetched.
 */
public final class SchemaCheck {

  /** The longest schema that is taken, in characters of compact JSON. */
  public static final int MAX_LENGTH = 65_536;

  private static final int MAX_FINDINGS = 20;

  private static final Schema METASCHEMA =
      SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12)
          .getSchema(SchemaLocation.of("https://json-schema.org/draft/2020-12/schema"));

  private static final Set<String> TYPES_WITHOUT_PROPERTIES =
      Set.of("array", "string", "number", "integer", "boolean", "null");

  private SchemaCheck() {}

  /** Why it cannot be obeyed, in sentences without a full stop; empty when it can. */
  public static List<String> errors(JsonNode schema) {
    if (!schema.isObject()) {
      return List.of("schema must be a JSON object");
    }
    if (schema.toString().length() > MAX_LENGTH) {
      return List.of("schema must not be longer than " + MAX_LENGTH + " characters");
    }
    List<String> found = new ArrayList<>();
    METASCHEMA.validate(schema).stream()
        .map(error -> "schema" + error.getInstanceLocation() + " " + error.getMessage())
        .distinct()
        .limit(MAX_FINDINGS)
        .forEach(found::add);
    findOutsideReferences("schema", schema, found);
    return found;
  }

  private static void findOutsideReferences(String at, JsonNode schema, List<String> found) {
    JsonNode reference = schema.path("$ref");
    if (reference.isString() && !reference.asString().startsWith("#")) {
      found.add(at + "/$ref must point into the schema itself");
    }
    for (Map.Entry<String, JsonNode> member : schema.properties()) {
      findOutsideReferences(at + "/" + member.getKey(), member.getValue(), found);
    }
    for (int i = 0; schema.isArray() && i < schema.size(); i++) {
      findOutsideReferences(at + "/" + i, schema.get(i), found);
    }
  }

  /** What can be obeyed, but is hardly meant; empty when nothing is odd. */
  public static List<String> warnings(JsonNode schema) {
    List<String> found = new ArrayList<>();
    JsonNode type = schema.path("type");
    JsonNode properties = schema.path("properties");
    if (type.isMissingNode() && !schema.has("$ref")) {
      found.add("schema has no type");
    }
    if (type.isString() && TYPES_WITHOUT_PROPERTIES.contains(type.asString())) {
      found.add("schema is of type " + type.asString() + "; object gives named fields");
    } else if (properties.isEmpty() && !schema.has("$ref")) {
      found.add("schema names no properties");
    }
    for (JsonNode name : schema.path("required")) {
      if (!properties.has(name.asString(""))) {
        found.add("required property " + name.asString("") + " is not among the properties");
      }
    }
    return found;
  }
}
