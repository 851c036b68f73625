package io.headgate.extract;

import com.google.re2j.Pattern;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.jsoup.select.Evaluator;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;

/** Parses a schema into a {@link SchemaNode} and collects its faults and warnings. For one use. */
final class SchemaReader {

  private static final int MAX_DEPTH = 10;
  private static final int MAX_NODES = 500;
  private static final int MAX_LENGTH = 100_000;
  private static final Set<String> RULES = Set.of("x-selector", "x-regex", "x-attribute");
  private static final Set<String> TYPES =
      Set.of("object", "array", "string", "number", "integer", "boolean", "null");

  private static final JsonNode EMPTY = JsonNodeFactory.instance.objectNode();

  private final JsonNode root;
  private final List<SchemaFault> faults = new ArrayList<>();
  private final Set<String> warnings = new LinkedHashSet<>();
  private final SchemaReferences references;
  private int nodes;

  SchemaReader(JsonNode root) {
    this.root = root;
    this.references = new SchemaReferences(root, this);
  }

  List<SchemaFault> faults() {
    return faults;
  }

  List<String> warnings() {
    return List.copyOf(warnings);
  }

  /** Returns the root of the schema; empty if there are faults. */
  Optional<SchemaNode> read() {
    if (!root.isObject()) {
      fault("", "must be an object");
    } else if (root.toString().length() > MAX_LENGTH) {
      fault("", "is longer than " + MAX_LENGTH + " characters");
    } else {
      SchemaValidator.faults(root).forEach(faults::add);
    }
    if (!faults.isEmpty()) {
      return Optional.empty();
    }
    SchemaKeywords.check(root, this);
    if (!faults.isEmpty()) {
      return Optional.empty();
    }
    SchemaNode parsed = parse(root, new SchemaPosition("", "", 0));
    if (faults.isEmpty() && parsed instanceof SchemaNode.ScalarSchema) {
      boolean object = root.path("type").asString("object").equals("object");
      fault(
          object ? "properties" : "type",
          object
              ? "must list at least one property to extract"
              : "must be object or array at the top level");
    }
    return faults.isEmpty() ? Optional.of(parsed) : Optional.empty();
  }

  void fault(String path, String message) {
    faults.add(new SchemaFault(path, message));
  }

  void warn(String sentence) {
    warnings.add(sentence);
  }

  /**
   * A position in the schema.
   *
   * @param path dotted path
   * @param name name of the property
   */
  private record SchemaPosition(String path, String name, int depth) {
    SchemaPosition child(String step, String name) {
      return new SchemaPosition(path.isEmpty() ? step : path + "." + step, name, depth + 1);
    }
  }

  private SchemaNode parse(JsonNode given, SchemaPosition position) {
    if (++nodes > MAX_NODES || position.depth() > MAX_DEPTH) {
      if (faults.isEmpty()) {
        fault(
            position.path(),
            "makes the schema too large: at most %d properties and %d levels are allowed"
                .formatted(MAX_NODES, MAX_DEPTH));
      }
      return placeholder();
    }
    SchemaReferences.ResolvedSchema resolved = references.resolve(given, position.path());
    try {
      return parse(resolved.schema(), resolved.nullable(), position);
    } finally {
      references.close(resolved);
    }
  }

  private SchemaNode parse(JsonNode schema, boolean nullableByReference, SchemaPosition position) {
    PropertyNames names = PropertyNames.of(position.name(), schema.path("title").asString(""));
    Set<String> types = types(schema);
    boolean nullable =
        types.remove("null") || nullableByReference || schema.path("nullable").asBoolean(false);
    ExtractionRule rule = parseRule(schema);
    if (types.contains("object") && !schema.path("properties").isEmpty()) {
      return parseObject(
          schema,
          new SchemaNode.ScalarSchema(names, rule, nullable, List.of(), "", List.of()),
          position);
    }
    if (types.contains("array")) {
      SchemaNode items =
          parse(
              schema.path("items").isObject() ? schema.get("items") : EMPTY,
              position.child("items", position.name()));
      return new SchemaNode.ArraySchema(names, rule, nullable, items);
    }
    List<JsonNode> choices = new ArrayList<>(schema.path("enum").values());
    if (schema.has("const")) {
      choices.add(schema.get("const"));
    }
    return new SchemaNode.ScalarSchema(
        names,
        rule,
        nullable || choices.stream().anyMatch(JsonNode::isNull),
        kinds(types, position),
        schema.path("format").asString(""),
        choices.stream().filter(choice -> !choice.isNull()).toList());
  }

  private SchemaNode parseObject(
      JsonNode schema, SchemaNode.ScalarSchema attributes, SchemaPosition position) {
    Map<String, SchemaNode> properties = new LinkedHashMap<>();
    schema
        .path("properties")
        .forEachEntry((name, property) ->
            properties.put(name, parse(property, position.child("properties." + name, name))));
    Set<String> required = new LinkedHashSet<>();
    for (JsonNode name : schema.path("required")) {
      required.add(name.asString());
      if (!properties.containsKey(name.asString())) {
        String path = position.child("required", "").path();
        warn(
            path
                + " lists "
                + name.asString()
                + ", which is not in properties: it is read as text");
        properties.put(
            name.asString(), parse(EMPTY, position.child(name.asString(), name.asString())));
      }
    }
    return new SchemaNode.ObjectSchema(
        attributes.names(), attributes.rule(), attributes.nullable(), properties, required);
  }

  private List<SchemaNode.ScalarKind> kinds(Set<String> types, SchemaPosition position) {
    List<SchemaNode.ScalarKind> kinds = new ArrayList<>();
    for (SchemaNode.ScalarKind kind : SchemaNode.ScalarKind.values()) {
      String typeName =
          kind == SchemaNode.ScalarKind.ANY_OBJECT
              ? "object"
              : kind.name().toLowerCase(java.util.Locale.ROOT);
      if (types.contains(typeName)) {
        kinds.add(kind);
      }
    }
    if (kinds.contains(SchemaNode.ScalarKind.ANY_OBJECT)) {
      warn(
          subject(position.path())
              + " is an object without properties: only structured data can provide its value");
    }
    return kinds.isEmpty() ? List.of(SchemaNode.ScalarKind.STRING) : kinds;
  }

  /** The subject of a sentence about a position. */
  static String subject(String path) {
    return path.isEmpty() ? "the schema" : path;
  }

  /** Returns the declared types, or the types that the other keywords imply. */
  private static Set<String> types(JsonNode schema) {
    Set<String> types = new TreeSet<>();
    JsonNode type = schema.path("type");
    if (type.isString()) {
      types.add(type.asString());
    }
    type.valueStream().map(JsonNode::asString).filter(TYPES::contains).forEach(types::add);
    if (types.isEmpty()) {
      if (schema.has("properties")) {
        types.add("object");
      } else if (schema.has("items")) {
        types.add("array");
      } else {
        addTypesOfChoices(schema, types);
      }
    }
    return types;
  }

  private static void addTypesOfChoices(JsonNode schema, Set<String> types) {
    JsonNode choices = schema.has("const") ? EMPTY : schema.path("enum");
    List<JsonNode> all = new ArrayList<>(choices.values());
    if (schema.has("const")) {
      all.add(schema.get("const"));
    }
    for (JsonNode choice : all) {
      types.add(choice.isNumber() ? "number" : choice.isBoolean() ? "boolean" : "string");
    }
  }

  private static ExtractionRule parseRule(JsonNode schema) {
    Evaluator selector =
        schema.has("x-selector") ? Selectors.parse(schema.path("x-selector").asString()) : null;
    Pattern regex =
        schema.has("x-regex") ? SafeRegex.compile(schema.path("x-regex").asString()) : null;
    boolean given = RULES.stream().anyMatch(schema::has);
    return given
        ? new ExtractionRule(selector, schema.path("x-attribute").asString(""), regex)
        : ExtractionRule.NONE;
  }

  private SchemaNode placeholder() {
    PropertyNames names = PropertyNames.of("", "");
    return new SchemaNode.ScalarSchema(
        names, ExtractionRule.NONE, true, List.of(SchemaNode.ScalarKind.STRING), "", List.of());
  }
}
