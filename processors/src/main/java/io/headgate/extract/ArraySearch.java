package io.headgate.extract;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jsoup.nodes.Element;
import org.jsoup.select.Elements;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Finds the elements of the arrays in a schema. */
final class ArraySearch {

  private final ValueSearch search;
  private final RuleMatcher ruleMatcher;
  private final TimeBudget budget;

  ArraySearch(ValueSearch search, RuleMatcher ruleMatcher, TimeBudget budget) {
    this.search = search;
    this.ruleMatcher = ruleMatcher;
    this.budget = budget;
  }

  ExtractedValue build(SchemaNode.ArraySchema arraySchema, SearchScope scope, String path)
      throws InterruptedException {
    boolean ofItems = !arraySchema.rule().isDefined() && arraySchema.items().rule().isDefined();
    ExtractionRule rule = ofItems ? arraySchema.items().rule() : arraySchema.rule();
    if (rule.selector() != null) {
      return ofElements(ruleMatcher.all(rule, scope), arraySchema, ofItems, path);
    }
    if (rule.isDefined()) {
      return ofValues(
          arraySchema.items() instanceof SchemaNode.ScalarSchema scalar
              ? ruleMatcher.valuesOfScope(rule, scalar, scope)
              : List.of(),
          arraySchema,
          scope);
    }
    return arraySchema.items() instanceof SchemaNode.ScalarSchema
        ? ofScalars(arraySchema, scope)
        : ofObjects(arraySchema, scope, path);
  }

  private ExtractedValue ofElements(
      Elements elements, SchemaNode.ArraySchema arraySchema, boolean ofItems, String path)
      throws InterruptedException {
    List<ExtractedValue> items = new ArrayList<>();
    for (Element element : elements) {
      budget.step();
      SearchScope scope = SearchScope.within(element, budget);
      if (!(arraySchema.items() instanceof SchemaNode.ScalarSchema scalar)) {
        items.add(search.item(arraySchema.items(), scope, path + "." + items.size()));
      } else if (scalar.rule().isDefined() && !ofItems) {
        Optional<FoundValue> value = ruleMatcher.value(scalar, scope);
        value
            .flatMap(new Coercion(scalar, scope)::of)
            .map(ExtractedValue::of)
            .ifPresent(items::add);
      } else {
        ExtractionRule rule = (ofItems ? scalar.rule() : arraySchema.rule()).forMatchedElement();
        ruleMatcher.valuesOfElement(element, rule, scalar).stream()
            .flatMap(value -> new Coercion(scalar, scope).of(value).stream())
            .map(ExtractedValue::of)
            .forEach(items::add);
      }
    }
    return ValueSearch.toArray(items);
  }

  private ExtractedValue ofScalars(SchemaNode.ArraySchema arraySchema, SearchScope scope)
      throws InterruptedException {
    for (SearchScope.ValueOrigin valueOrigin : SearchScope.ValueOrigin.values()) {
      List<FoundValue> values = scope.values(valueOrigin, arraySchema.names(), budget);
      ExtractedValue built = ofValues(split(valueOrigin, values), arraySchema, scope);
      if (built.isFound()) {
        return built;
      }
    }
    Optional<Element> section = sectionOf(arraySchema, scope);
    return section.isEmpty()
        ? ExtractedValue.NOTHING
        : ofValues(
            section.get().select("li").stream().map(FoundValue::of).toList(), arraySchema, scope);
  }

  /** Splits a single value that lists all elements: a JSON array, list entries, or commas. */
  private static List<FoundValue> split(
      SearchScope.ValueOrigin valueOrigin, List<FoundValue> values) {
    return switch (valueOrigin) {
      case DATA -> values.stream().limit(1).flatMap(value -> members(value).stream()).toList();
      case META, CELL, LABEL ->
          values.size() == 1 && values.getFirst() instanceof FoundValue.TextValue text
              ? LabelledValues.parts(text)
              : values;
    };
  }

  private static List<FoundValue> members(FoundValue value) {
    return switch (value) {
      case FoundValue.TextValue text -> LabelledValues.parts(text);
      case FoundValue.JsonValue(JsonNode node) when node.isArray() || node.has("itemListElement") ->
          ValueSearch.entries(node).stream().<FoundValue>map(FoundValue.JsonValue::new).toList();
      case FoundValue.JsonValue(JsonNode node) when node.isString() ->
          LabelledValues.parts(new FoundValue.TextValue(node.asString(), null));
      case FoundValue.JsonValue _ -> List.of(value);
    };
  }

  private ExtractedValue ofValues(
      List<FoundValue> values, SchemaNode.ArraySchema arraySchema, SearchScope scope) {
    List<ExtractedValue> items = new ArrayList<>();
    if (arraySchema.items() instanceof SchemaNode.ScalarSchema scalar) {
      Coercion coercion = new Coercion(scalar, scope);
      values.forEach(value -> coercion.of(value).map(ExtractedValue::of).ifPresent(items::add));
    }
    return ValueSearch.toArray(items);
  }

  private ExtractedValue ofObjects(
      SchemaNode.ArraySchema arraySchema, SearchScope scope, String path)
      throws InterruptedException {
    ExtractedValue built = ofEntities(entities(arraySchema, scope), arraySchema, scope, path);
    if (built.isFound()) {
      return built;
    }
    Optional<Element> part = scope.element();
    if (part.isEmpty()) {
      return ExtractedValue.NOTHING;
    }
    List<ExtractedValue> rows = new ArrayList<>();
    Optional<Element> section = sectionOf(arraySchema, scope);
    if (arraySchema.items() instanceof SchemaNode.ObjectSchema objectSchema) {
      for (Tables.TableRow row : Tables.rowsFor(objectSchema, section.orElse(part.get()), budget)) {
        rows.add(
            search.item(objectSchema, SearchScope.ofRow(row, budget), path + "." + rows.size()));
      }
    }
    if (rows.isEmpty() && section.isPresent()) {
      return ofElements(section.get().select("li"), arraySchema, false, path);
    }
    return ValueSearch.toArray(rows);
  }

  /** Builds the array from the objects of the best matching type, whatever their name. */
  ExtractedValue ofBestType(SchemaNode.ArraySchema arraySchema, SearchScope scope, String path)
      throws InterruptedException {
    return arraySchema.items() instanceof SchemaNode.ObjectSchema objectSchema
        ? ofEntities(scope.entities().ofBestType(objectSchema, budget), arraySchema, scope, path)
        : ExtractedValue.NOTHING;
  }

  private List<ObjectNode> entities(SchemaNode.ArraySchema arraySchema, SearchScope scope)
      throws InterruptedException {
    List<JsonNode> named = scope.entities().values(arraySchema.names(), budget);
    List<? extends JsonNode> objects =
        named.isEmpty()
            ? scope.entities().ofType(arraySchema.names(), budget)
            : ValueSearch.entries(named.getFirst());
    List<ObjectNode> entities = new ArrayList<>();
    for (JsonNode object : objects) {
      ValueSearch.entries(object)
          .forEach(one -> ValueSearch.toObject(one).ifPresent(entities::add));
    }
    return entities;
  }

  private ExtractedValue ofEntities(
      List<ObjectNode> entities, SchemaNode.ArraySchema arraySchema, SearchScope scope, String path)
      throws InterruptedException {
    List<ExtractedValue> items = new ArrayList<>();
    for (ObjectNode entity : entities) {
      SearchScope inner = scope.ofData(List.of(entity));
      items.add(search.item(arraySchema.items(), inner, path + "." + items.size()));
    }
    return ValueSearch.toArray(items);
  }

  private Optional<Element> sectionOf(SchemaNode.ArraySchema arraySchema, SearchScope scope)
      throws InterruptedException {
    return scope.element().isPresent()
        ? HeadingSections.firstBodyAfter(arraySchema.names(), scope.element().get(), budget)
        : Optional.empty();
  }
}
