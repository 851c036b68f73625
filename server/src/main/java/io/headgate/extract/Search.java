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
final class Search {

  private static final int MOST_ITEMS = 10_000;

  private final Effort effort;
  private final Ruled ruled;

  Search(Effort effort) {
    this.effort = effort;
    this.ruled = new Ruled(effort);
  }

  /** Builds the root value, which is an object or array even when nothing was found. */
  Built outermost(Shape shape, Scope scope) throws InterruptedException {
    if (shape instanceof Shape.Group group) {
      Optional<Element> part = ruled.first(group.rule(), scope);
      Scope within =
          part.isPresent() ? Scope.within(part.get(), effort) : scope.unwrappedFor(group, effort);
      return properties(group, within, "");
    }
    Built built = build(shape, scope, "");
    if (!built.found() && shape instanceof Shape.Series series) {
      built = new SeriesSearch(this, ruled, effort).alike(series, scope, "");
    }
    return built.found() ? built : Built.of(JsonNodeFactory.instance.arrayNode());
  }

  private Built build(Shape shape, Scope scope, String path) throws InterruptedException {
    effort.step();
    return switch (shape) {
      case Shape.Scalar scalar -> scalar(scalar, scope).map(Built::of).orElse(Built.NOTHING);
      case Shape.Group group -> group(group, scope, path);
      case Shape.Series series -> new SeriesSearch(this, ruled, effort).series(series, scope, path);
    };
  }

  private Optional<JsonNode> scalar(Shape.Scalar scalar, Scope scope) throws InterruptedException {
    Coercion coercion = new Coercion(scalar, scope);
    if (scalar.rule().given()) {
      Optional<Value> value = ruled.value(scalar, scope);
      return value.isPresent() ? coercion.of(value.get()) : Optional.empty();
    }
    for (Scope.Place place : Scope.Place.values()) {
      for (Value value : scope.values(place, scalar.names(), effort)) {
        Optional<JsonNode> coerced = coercion.of(value);
        if (coerced.isPresent()) {
          return coerced;
        }
      }
    }
    return Optional.empty();
  }

  private Built group(Shape.Group group, Scope scope, String path) throws InterruptedException {
    Optional<Scope> within = scopeOf(group, scope);
    if (within.isEmpty()) {
      return Built.NOTHING;
    }
    return found(properties(group, within.get(), path));
  }

  /** An object without any found property counts as not found. */
  static Built found(Built built) {
    return built.value().valueStream().allMatch(JsonNode::isNull) ? Built.NOTHING : built;
  }

  /** Returns the scope of a nested object; empty if its rule matches nothing. */
  private Optional<Scope> scopeOf(Shape.Group group, Scope scope) throws InterruptedException {
    if (group.rule().given()) {
      Optional<Element> element = ruled.first(group.rule(), scope);
      return element.isPresent()
          ? Optional.of(Scope.within(element.get(), effort))
          : Optional.empty();
    }
    for (JsonNode value : scope.entities().values(group.names(), effort)) {
      Optional<ObjectNode> entity = entity(value);
      if (entity.isPresent()) {
        return Optional.of(scope.ofData(List.of(entity.get())));
      }
    }
    List<ObjectNode> typed = scope.entities().ofType(group.names(), effort);
    if (!typed.isEmpty()) {
      return Optional.of(scope.ofData(typed));
    }
    Optional<Element> part = scope.element();
    Optional<Element> headed =
        part.isPresent() ? Headed.by(group.names(), part.get(), effort) : Optional.empty();
    return Optional.of(
        headed.isPresent() ? Scope.within(headed.get(), effort) : scope.about(group.names()));
  }

  /** Converts a value to an object; a plain string becomes an object with that name. */
  static Optional<ObjectNode> entity(JsonNode value) {
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

  Built properties(Shape.Group group, Scope scope, String path) throws InterruptedException {
    Scope ranked = scope.rankedFor(group, effort);
    ObjectNode object = JsonNodeFactory.instance.objectNode();
    List<String> missing = new ArrayList<>();
    for (Map.Entry<String, Shape> property : group.properties().entrySet()) {
      String name = property.getKey();
      String at = path.isEmpty() ? name : path + "." + name;
      Built built = property(property.getValue(), group, ranked, at);
      object.set(name, built.value());
      missing.addAll(built.missing());
      if (!built.found() && group.required().contains(name) && !property.getValue().nullable()) {
        missing.add(at);
      }
    }
    return new Built(object, missing);
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
  private Built property(Shape shape, Shape.Group owner, Scope scope, String path)
      throws InterruptedException {
    Built inner = build(shape, scope, path);
    if (inner.found() || shape.rule().given() || !owner.wrapper()) {
      return inner;
    }
    return switch (shape) {
      case Shape.Group group when only(Shape.Group.class, owner) ->
          found(properties(group, scope, path));
      case Shape.Series series when path.equals(only(owner)) ->
          new SeriesSearch(this, ruled, effort).alike(series, scope, path);
      case Shape.Group _, Shape.Series _, Shape.Scalar _ -> inner;
    };
  }

  private static boolean only(Class<?> kind, Shape.Group owner) {
    return owner.properties().values().stream().filter(kind::isInstance).count() == 1;
  }

  /** The name of the only property of the group; empty if it has more or none. */
  private static String only(Shape.Group owner) {
    return owner.properties().size() == 1 ? owner.properties().keySet().iterator().next() : "";
  }

  /** Builds one element of an array. */
  Built item(Shape shape, Scope scope, String path) throws InterruptedException {
    return shape instanceof Shape.Group group
        ? found(properties(group, scope, path))
        : build(shape, scope, path);
  }

  /** Collects the found elements in one array of at most {@value #MOST_ITEMS}. */
  static Built gathered(List<Built> items) {
    ArrayNode array = JsonNodeFactory.instance.arrayNode();
    List<String> missing = new ArrayList<>();
    for (Built item : items) {
      if (item.found() && array.size() < MOST_ITEMS) {
        array.add(item.value());
        missing.addAll(item.missing());
      }
    }
    return array.isEmpty() ? Built.NOTHING : new Built(array, missing);
  }
}
