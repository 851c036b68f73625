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

/** Parses a schema into a {@link Shape} and collects its faults and warnings. For one use. */
final class SchemaReader {

  private static final int DEEPEST = 10;
  private static final int MOST_PLACES = 500;
  private static final int LONGEST = 100_000;
  private static final Set<String> RULES = Set.of("x-selector", "x-regex", "x-attribute");
  private static final Set<String> TYPES =
      Set.of("object", "array", "string", "number", "integer", "boolean", "null");

  private static final JsonNode EMPTY = JsonNodeFactory.instance.objectNode();

  private final JsonNode root;
  private final List<SchemaFault> faults = new ArrayList<>();
  private final Set<String> warnings = new LinkedHashSet<>();
  private final SchemaReferences references;
  private int places;

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
  Optional<Shape> read() {
    if (!root.isObject()) {
      fault("", "must be an object");
    } else if (root.toString().length() > LONGEST) {
      fault("", "is longer than " + LONGEST + " characters");
    } else {
      SchemaLaw.faults(root).forEach(faults::add);
    }
    if (!faults.isEmpty()) {
      return Optional.empty();
    }
    Keywords.check(root, this);
    if (!faults.isEmpty()) {
      return Optional.empty();
    }
    Shape shape = shape(root, new Place("", "", 0));
    if (faults.isEmpty() && shape instanceof Shape.Scalar) {
      boolean object = root.path("type").asString("object").equals("object");
      fault(
          object ? "properties" : "type",
          object
              ? "must list at least one property to extract"
              : "must be object or array at the top level");
    }
    return faults.isEmpty() ? Optional.of(shape) : Optional.empty();
  }

  void fault(String at, String message) {
    faults.add(new SchemaFault(at, message));
  }

  void warn(String sentence) {
    warnings.add(sentence);
  }

  /**
   * A position in the schema.
   *
   * @param at dotted path
   * @param name name of the property
   */
  private record Place(String at, String name, int depth) {
    Place in(String step, String name) {
      return new Place(at.isEmpty() ? step : at + "." + step, name, depth + 1);
    }
  }

  private Shape shape(JsonNode given, Place place) {
    if (++places > MOST_PLACES || place.depth() > DEEPEST) {
      if (faults.isEmpty()) {
        fault(
            place.at(),
            "makes the schema too large: at most %d properties and %d levels are allowed"
                .formatted(MOST_PLACES, DEEPEST));
      }
      return nothing();
    }
    SchemaReferences.Resolved resolved = references.resolve(given, place.at());
    try {
      return shape(resolved.schema(), resolved.nullable(), place);
    } finally {
      references.close(resolved);
    }
  }

  private Shape shape(JsonNode schema, boolean alsoNull, Place place) {
    Names names = Names.of(place.name(), schema.path("title").asString(""));
    Set<String> types = types(schema);
    boolean nullable = types.remove("null") || alsoNull || schema.path("nullable").asBoolean(false);
    Rule rule = rule(schema);
    if (types.contains("object") && !schema.path("properties").isEmpty()) {
      return group(
          schema, new Shape.Scalar(names, rule, nullable, List.of(), "", List.of()), place);
    }
    if (types.contains("array")) {
      Shape items =
          shape(
              schema.path("items").isObject() ? schema.get("items") : EMPTY,
              place.in("items", place.name()));
      return new Shape.Series(names, rule, nullable, items);
    }
    List<JsonNode> choices = new ArrayList<>(schema.path("enum").values());
    if (schema.has("const")) {
      choices.add(schema.get("const"));
    }
    return new Shape.Scalar(
        names,
        rule,
        nullable || choices.stream().anyMatch(JsonNode::isNull),
        kinds(types, place),
        schema.path("format").asString(""),
        choices.stream().filter(choice -> !choice.isNull()).toList());
  }

  private Shape group(JsonNode schema, Shape.Scalar as, Place place) {
    Map<String, Shape> properties = new LinkedHashMap<>();
    schema
        .path("properties")
        .forEachEntry((name, property) ->
            properties.put(name, shape(property, place.in("properties." + name, name))));
    Set<String> required = new LinkedHashSet<>();
    for (JsonNode name : schema.path("required")) {
      required.add(name.asString());
      if (!properties.containsKey(name.asString())) {
        String at = place.in("required", "").at();
        warn(at + " lists " + name.asString() + ", which is not in properties: it is read as text");
        properties.put(name.asString(), shape(EMPTY, place.in(name.asString(), name.asString())));
      }
    }
    return new Shape.Group(as.names(), as.rule(), as.nullable(), properties, required);
  }

  private List<Shape.Kind> kinds(Set<String> types, Place place) {
    List<Shape.Kind> kinds = new ArrayList<>();
    for (Shape.Kind kind : Shape.Kind.values()) {
      String word =
          kind == Shape.Kind.ANYTHING ? "object" : kind.name().toLowerCase(java.util.Locale.ROOT);
      if (types.contains(word)) {
        kinds.add(kind);
      }
    }
    if (kinds.contains(Shape.Kind.ANYTHING)) {
      warn(
          named(place.at())
              + " is an object without properties: only structured data can provide its value");
    }
    return kinds.isEmpty() ? List.of(Shape.Kind.STRING) : kinds;
  }

  /** The subject of a sentence about a position. */
  static String named(String at) {
    return at.isEmpty() ? "the schema" : at;
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

  private static Rule rule(JsonNode schema) {
    Evaluator selector =
        schema.has("x-selector") ? Selectors.parse(schema.path("x-selector").asString()) : null;
    Pattern regex =
        schema.has("x-regex") ? SafeRegex.compile(schema.path("x-regex").asString()) : null;
    boolean given = RULES.stream().anyMatch(schema::has);
    return given ? new Rule(selector, schema.path("x-attribute").asString(""), regex) : Rule.NONE;
  }

  private Shape nothing() {
    Names names = Names.of("", "");
    return new Shape.Scalar(names, Rule.NONE, true, List.of(Shape.Kind.STRING), "", List.of());
  }
}
