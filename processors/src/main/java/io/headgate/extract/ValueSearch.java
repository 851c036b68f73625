package io.headgate.extract;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jsoup.nodes.Element;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** Finds the values of one schema, from the root to the leaves. */
final class ValueSearch {

  private static final int MAX_ITEMS = 10_000;

  private final TimeBudget budget;
  private final RuleMatcher ruleMatcher;

  ValueSearch(TimeBudget budget) {
    this.budget = budget;
    this.ruleMatcher = new RuleMatcher(budget);
  }

  /** Builds the root value, which is an object or array even when nothing was found. */
  ExtractedValue buildRoot(SchemaNode schema, SearchScope scope) throws InterruptedException {
    if (schema instanceof SchemaNode.ObjectSchema objectSchema) {
      Optional<Element> part = ruleMatcher.first(objectSchema.rule(), scope);
      SearchScope within =
          part.isPresent()
              ? SearchScope.within(part.get(), budget)
              : scope.unwrappedFor(objectSchema, budget);
      return properties(objectSchema, within, "");
    }
    ExtractedValue result = build(schema, scope, "");
    if (!result.isFound() && schema instanceof SchemaNode.ArraySchema arraySchema) {
      result = new ArraySearch(this, ruleMatcher, budget).ofBestType(arraySchema, scope, "");
    }
    return result.isFound() ? result : ExtractedValue.of(JsonNodeFactory.instance.arrayNode());
  }

  private ExtractedValue build(SchemaNode schema, SearchScope scope, String path)
      throws InterruptedException {
    budget.step();
    return switch (schema) {
      case SchemaNode.ScalarSchema scalar ->
          scalar(scalar, scope).map(ExtractedValue::of).orElse(ExtractedValue.NOTHING);
      case SchemaNode.ObjectSchema objectSchema -> group(objectSchema, scope, path);
      case SchemaNode.ArraySchema arraySchema ->
          new ArraySearch(this, ruleMatcher, budget).build(arraySchema, scope, path);
    };
  }

  private Optional<JsonNode> scalar(SchemaNode.ScalarSchema scalar, SearchScope scope)
      throws InterruptedException {
    Coercion coercion = new Coercion(scalar, scope);
    if (scalar.rule().isDefined()) {
      Optional<FoundValue> value = ruleMatcher.value(scalar, scope);
      return value.isPresent() ? coercion.of(value.get()) : Optional.empty();
    }
    for (SearchScope.ValueOrigin valueOrigin : SearchScope.ValueOrigin.values()) {
      for (FoundValue value : scope.values(valueOrigin, scalar.names(), budget)) {
        Optional<JsonNode> coerced = coercion.of(value);
        if (coerced.isPresent()) {
          return coerced;
        }
      }
    }
    return Optional.empty();
  }

  private ExtractedValue group(SchemaNode.ObjectSchema objectSchema, SearchScope scope, String path)
      throws InterruptedException {
    Optional<SearchScope> within = scopeOfObject(objectSchema, scope);
    if (within.isEmpty()) {
      return ExtractedValue.NOTHING;
    }
    return nothingIfEmpty(properties(objectSchema, within.get(), path));
  }

  /** An object without any found property counts as not found. */
  static ExtractedValue nothingIfEmpty(ExtractedValue built) {
    return built.value().valueStream().allMatch(JsonNode::isNull) ? ExtractedValue.NOTHING : built;
  }

  /** Returns the scope of a nested object; empty if its rule matches nothing. */
  private Optional<SearchScope> scopeOfObject(
      SchemaNode.ObjectSchema objectSchema, SearchScope scope) throws InterruptedException {
    if (objectSchema.rule().isDefined()) {
      Optional<Element> element = ruleMatcher.first(objectSchema.rule(), scope);
      return element.isPresent()
          ? Optional.of(SearchScope.within(element.get(), budget))
          : Optional.empty();
    }
    for (JsonNode value : scope.entities().values(objectSchema.names(), budget)) {
      Optional<ObjectNode> entity = toObject(value);
      if (entity.isPresent()) {
        return Optional.of(scope.ofData(List.of(entity.get())));
      }
    }
    List<ObjectNode> typed = scope.entities().ofType(objectSchema.names(), budget);
    if (!typed.isEmpty()) {
      return Optional.of(scope.ofData(typed));
    }
    Optional<Element> part = scope.element();
    Optional<Element> section =
        part.isPresent()
            ? HeadingSections.firstBodyAfter(objectSchema.names(), part.get(), budget)
            : Optional.empty();
    return Optional.of(
        section.isPresent()
            ? SearchScope.within(section.get(), budget)
            : scope.forObject(objectSchema.names()));
  }

  /** Converts a value to an object; a plain string becomes an object with that name. */
  static Optional<ObjectNode> toObject(JsonNode value) {
    JsonNode one = value.isArray() ? value.path(0) : value;
    if (one.path("item") instanceof ObjectNode item
        && one.path("@type").asString("").equals("ListItem")) {
      return Optional.of(item);
    }
    if (one.isString()) {
      return Optional.of(JsonNodeFactory.instance.objectNode().set("name", one));
    }
    return one instanceof ObjectNode object ? Optional.of(object) : Optional.empty();
  }

  ExtractedValue properties(SchemaNode.ObjectSchema objectSchema, SearchScope scope, String path)
      throws InterruptedException {
    SearchScope ranked = scope.rankedFor(objectSchema, budget);
    ObjectNode object = JsonNodeFactory.instance.objectNode();
    List<String> missing = new ArrayList<>();
    for (Map.Entry<String, SchemaNode> property : objectSchema.properties().entrySet()) {
      String name = property.getKey();
      String at = path.isEmpty() ? name : path + "." + name;
      ExtractedValue built = property(property.getValue(), objectSchema, ranked, at);
      object.set(name, built.value());
      missing.addAll(built.missing());
      if (!built.isFound()
          && objectSchema.required().contains(name)
          && !property.getValue().nullable()) {
        missing.add(at);
      }
    }
    return new ExtractedValue(object, missing);
  }

  /** Returns the entries of an array or ItemList, or the value itself as the only entry. */
  static List<JsonNode> entries(JsonNode value) {
    JsonNode elements = value.path("itemListElement");
    if (!elements.isMissingNode()) {
      return entries(elements);
    }
    return value.isArray() ? List.copyOf(value.values()) : List.of(value);
  }

  /**
   * Builds a property. If nothing has its name and it is the only object or array in a wrapper, it
   * stands for the whole scope.
   */
  private ExtractedValue property(
      SchemaNode schema, SchemaNode.ObjectSchema owner, SearchScope scope, String path)
      throws InterruptedException {
    ExtractedValue inner = build(schema, scope, path);
    if (inner.isFound() || schema.rule().isDefined() || !owner.isWrapper()) {
      return inner;
    }
    return switch (schema) {
      case SchemaNode.ObjectSchema objectSchema when only(SchemaNode.ObjectSchema.class, owner) ->
          nothingIfEmpty(properties(objectSchema, scope, path));
      case SchemaNode.ArraySchema arraySchema when path.equals(only(owner)) ->
          new ArraySearch(this, ruleMatcher, budget).ofBestType(arraySchema, scope, path);
      case SchemaNode.ObjectSchema _, SchemaNode.ArraySchema _, SchemaNode.ScalarSchema _ -> inner;
    };
  }

  private static boolean only(Class<?> kind, SchemaNode.ObjectSchema owner) {
    return owner.properties().values().stream().filter(kind::isInstance).count() == 1;
  }

  /** The name of the only property of the group; empty if it has more or none. */
  private static String only(SchemaNode.ObjectSchema owner) {
    return owner.properties().size() == 1 ? owner.properties().keySet().iterator().next() : "";
  }

  /** Builds one element of an array. */
  ExtractedValue item(SchemaNode schema, SearchScope scope, String path)
      throws InterruptedException {
    return schema instanceof SchemaNode.ObjectSchema objectSchema
        ? nothingIfEmpty(properties(objectSchema, scope, path))
        : build(schema, scope, path);
  }

  /** Collects the found elements in one array of at most {@value #MAX_ITEMS}. */
  static ExtractedValue toArray(List<ExtractedValue> items) {
    ArrayNode array = JsonNodeFactory.instance.arrayNode();
    List<String> missing = new ArrayList<>();
    for (ExtractedValue item : items) {
      if (item.isFound() && array.size() < MAX_ITEMS) {
        array.add(item.value());
        missing.addAll(item.missing());
      }
    }
    return array.isEmpty() ? ExtractedValue.NOTHING : new ExtractedValue(array, missing);
  }
}
