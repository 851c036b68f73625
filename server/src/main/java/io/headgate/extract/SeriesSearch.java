package io.headgate.extract;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jsoup.nodes.Element;
import org.jsoup.select.Elements;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Finds the elements of the arrays in a schema. */
final class SeriesSearch {

  private final Search search;
  private final Ruled ruled;
  private final Effort effort;

  SeriesSearch(Search search, Ruled ruled, Effort effort) {
    this.search = search;
    this.ruled = ruled;
    this.effort = effort;
  }

  Built series(Shape.Series series, Scope scope, String path) throws InterruptedException {
    boolean ofItems = !series.rule().given() && series.items().rule().given();
    Rule rule = ofItems ? series.items().rule() : series.rule();
    if (rule.selector() != null) {
      return ofElements(ruled.all(rule, scope), series, ofItems, path);
    }
    if (rule.given()) {
      return ofValues(
          series.items() instanceof Shape.Scalar scalar
              ? ruled.here(rule, scalar, scope)
              : List.of(),
          series,
          scope);
    }
    return series.items() instanceof Shape.Scalar
        ? ofScalars(series, scope)
        : ofThings(series, scope, path);
  }

  private Built ofElements(Elements elements, Shape.Series series, boolean ofItems, String path)
      throws InterruptedException {
    List<Built> items = new ArrayList<>();
    for (Element element : elements) {
      effort.step();
      Scope scope = Scope.within(element, effort);
      if (!(series.items() instanceof Shape.Scalar scalar)) {
        items.add(search.item(series.items(), scope, path + "." + items.size()));
      } else if (scalar.rule().given() && !ofItems) {
        Optional<Value> value = ruled.value(scalar, scope);
        value.flatMap(new Coercion(scalar, scope)::of).map(Built::of).ifPresent(items::add);
      } else {
        Rule rule = (ofItems ? scalar.rule() : series.rule()).withinMatch();
        ruled.at(element, rule, scalar).stream()
            .flatMap(value -> new Coercion(scalar, scope).of(value).stream())
            .map(Built::of)
            .forEach(items::add);
      }
    }
    return Search.gathered(items);
  }

  private Built ofScalars(Shape.Series series, Scope scope) throws InterruptedException {
    for (Scope.Place place : Scope.Place.values()) {
      List<Value> values = scope.values(place, series.names(), effort);
      Built built = ofValues(several(place, values), series, scope);
      if (built.found()) {
        return built;
      }
    }
    Optional<Element> headed = headed(series, scope);
    return headed.isEmpty()
        ? Built.NOTHING
        : ofValues(headed.get().select("li").stream().map(Value::of).toList(), series, scope);
  }

  /** Splits a single value that lists all elements: a JSON array, list entries, or commas. */
  private static List<Value> several(Scope.Place place, List<Value> values) {
    return switch (place) {
      case DATA -> values.stream().limit(1).flatMap(value -> members(value).stream()).toList();
      case META, CELL, LABEL ->
          values.size() == 1 && values.getFirst() instanceof Value.Words words
              ? Labels.parts(words)
              : values;
    };
  }

  private static List<Value> members(Value value) {
    return switch (value) {
      case Value.Words words -> Labels.parts(words);
      case Value.Json(JsonNode node) when node.isArray() || node.has("itemListElement") ->
          Search.entries(node).stream().<Value>map(Value.Json::new).toList();
      case Value.Json(JsonNode node) when node.isString() ->
          Labels.parts(new Value.Words(node.asString(), null));
      case Value.Json _ -> List.of(value);
    };
  }

  private Built ofValues(List<Value> values, Shape.Series series, Scope scope) {
    List<Built> items = new ArrayList<>();
    if (series.items() instanceof Shape.Scalar scalar) {
      Coercion coercion = new Coercion(scalar, scope);
      values.forEach(value -> coercion.of(value).map(Built::of).ifPresent(items::add));
    }
    return Search.gathered(items);
  }

  private Built ofThings(Shape.Series series, Scope scope, String path)
      throws InterruptedException {
    Built built = ofEntities(entities(series, scope), series, scope, path);
    if (built.found()) {
      return built;
    }
    Optional<Element> part = scope.element();
    if (part.isEmpty()) {
      return Built.NOTHING;
    }
    List<Built> rows = new ArrayList<>();
    Optional<Element> headed = headed(series, scope);
    if (series.items() instanceof Shape.Group group) {
      for (Tables.Row row : Tables.rowsFor(group, headed.orElse(part.get()), effort)) {
        rows.add(search.item(group, Scope.ofRow(row, effort), path + "." + rows.size()));
      }
    }
    if (rows.isEmpty() && headed.isPresent()) {
      return ofElements(headed.get().select("li"), series, false, path);
    }
    return Search.gathered(rows);
  }

  /** Builds the array from the objects of the best matching type, whatever their name. */
  Built alike(Shape.Series series, Scope scope, String path) throws InterruptedException {
    return series.items() instanceof Shape.Group group
        ? ofEntities(scope.entities().alike(group, effort), series, scope, path)
        : Built.NOTHING;
  }

  private List<ObjectNode> entities(Shape.Series series, Scope scope) throws InterruptedException {
    List<JsonNode> named = scope.entities().values(series.names(), effort);
    List<? extends JsonNode> things =
        named.isEmpty()
            ? scope.entities().ofType(series.names(), effort)
            : Search.entries(named.getFirst());
    List<ObjectNode> entities = new ArrayList<>();
    for (JsonNode thing : things) {
      Search.entries(thing).forEach(one -> Search.entity(one).ifPresent(entities::add));
    }
    return entities;
  }

  private Built ofEntities(List<ObjectNode> entities, Shape.Series series, Scope scope, String path)
      throws InterruptedException {
    List<Built> items = new ArrayList<>();
    for (ObjectNode entity : entities) {
      Scope inner = scope.ofData(List.of(entity));
      items.add(search.item(series.items(), inner, path + "." + items.size()));
    }
    return Search.gathered(items);
  }

  private Optional<Element> headed(Shape.Series series, Scope scope) throws InterruptedException {
    return scope.element().isPresent()
        ? Headed.by(series.names(), scope.element().get(), effort)
        : Optional.empty();
  }
}
