package io.headgate.extract;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * The structured data of a page: its JSON-LD objects, and its microdata converted to the same form.
 *
 * @param all the candidates, best match first once {@link #rankedFor} has sorted them
 * @param byId objects that {@code @id} references can point to
 */
record Entities(List<Entity> all, Map<String, ObjectNode> byId) {

  static final Entities NONE = new Entities(List.of(), Map.of());

  /** Types that describe the site rather than the content; they have names and descriptions too. */
  private static final Set<String> SITE_TYPES =
      Set.of("website", "webpage", "organization", "breadcrumblist", "searchaction", "imageobject");

  private record ScoredEntity(Entity entity, int score) {}

  /** Collects the entities of a page and indexes them by {@code @id}. */
  static Entities of(List<ObjectNode> all, TimeBudget budget) throws InterruptedException {
    Map<String, ObjectNode> byId = new HashMap<>();
    for (ObjectNode one : all) {
      addById(one, byId);
      for (ObjectNode inner : new Entity(one, Set.of()).nestedObjects(budget)) {
        addById(inner, byId);
      }
    }
    return new Entities(entities(all), byId);
  }

  private static void addById(ObjectNode object, Map<String, ObjectNode> byId) {
    String id = object.path("@id").asString("");
    if (!id.isEmpty() && !isReference(object)) {
      byId.merge(id, object, (one, other) -> one.size() < other.size() ? other : one);
    }
  }

  /** Narrows these entities to objects inside them; the {@code @id} index stays. */
  Entities of(List<ObjectNode> inner) {
    return new Entities(entities(inner), byId);
  }

  private static List<Entity> entities(List<ObjectNode> nodes) {
    return nodes.stream().map(one -> new Entity(one, Set.of())).toList();
  }

  /** Sorts the entities by how many properties of the group they have, most first. */
  Entities rankedFor(SchemaNode.ObjectSchema objectSchema, TimeBudget budget)
      throws InterruptedException {
    Set<String> keys = propertyKeys(objectSchema);
    List<ScoredEntity> scored = new ArrayList<>();
    for (Entity one : all) {
      Entity indexed = one.requesting(keys);
      scored.add(new ScoredEntity(indexed, score(indexed, objectSchema, budget)));
    }
    scored.sort(Comparator.comparingInt(ScoredEntity::score).reversed());
    return new Entities(scored.stream().map(ScoredEntity::entity).toList(), byId);
  }

  private static Set<String> propertyKeys(SchemaNode.ObjectSchema objectSchema) {
    Set<String> keys = new HashSet<>();
    objectSchema.properties().values().forEach(property -> keys.addAll(property.names().keys()));
    return keys;
  }

  /**
   * Returns these entities, or the objects inside them if no entity has a property of the group and
   * they are only wrappers.
   */
  Entities unwrappedFor(SchemaNode.ObjectSchema objectSchema, TimeBudget budget)
      throws InterruptedException {
    Set<String> keys = propertyKeys(objectSchema);
    List<ObjectNode> inner = new ArrayList<>();
    for (Entity one : all) {
      if (score(one.requesting(keys), objectSchema, budget) > 0) {
        return this;
      }
      inner.addAll(one.nestedObjects(budget));
    }
    return of(inner);
  }

  private static int score(Entity entity, SchemaNode.ObjectSchema objectSchema, TimeBudget budget)
      throws InterruptedException {
    int score = 0;
    for (SchemaNode property : objectSchema.properties().values()) {
      budget.step();
      if (entity.member(property.names(), budget).isPresent()) {
        score += 2;
      }
    }
    if (entity.isOfType(objectSchema.names().keys())) {
      score += 5;
    }
    return entity.isOfType(SITE_TYPES) ? score - 3 : score;
  }

  /**
   * Returns the values of members with one of the names: members of the entities first, then
   * members of objects nested in them.
   */
  List<JsonNode> values(PropertyNames names, TimeBudget budget) throws InterruptedException {
    List<JsonNode> found = new ArrayList<>();
    for (Entity entity : all) {
      budget.step();
      entity.member(names, budget).map(this::resolved).ifPresent(found::add);
    }
    if (!names.isGeneric()) {
      for (Entity entity : all) {
        budget.step();
        entity.nested(names, budget).map(this::resolved).ifPresent(found::add);
      }
    }
    return found;
  }

  /** Resolves one level of {@code @id} references. */
  private JsonNode resolved(JsonNode value) {
    if (value instanceof ArrayNode array && array.valueStream().anyMatch(Entities::isReference)) {
      ArrayNode resolved = JsonNodeFactory.instance.arrayNode();
      array.forEach(one -> resolved.add(resolved(one)));
      return resolved;
    }
    ObjectNode object = isReference(value) ? byId.get(value.path("@id").asString("")) : null;
    return object == null ? value : object;
  }

  private static boolean isReference(JsonNode value) {
    return value.isObject() && value.has("@id") && value.size() == (value.has("@type") ? 2 : 1);
  }

  /** Returns the entities of a type with one of the names, or nested objects of such a type. */
  List<ObjectNode> ofType(PropertyNames names, TimeBudget budget) throws InterruptedException {
    List<ObjectNode> typed =
        all.stream().filter(one -> one.isOfType(names.keys())).map(Entity::node).toList();
    if (!typed.isEmpty()) {
      return typed;
    }
    List<ObjectNode> deeper = new ArrayList<>();
    for (Entity entity : all) {
      for (ObjectNode inner : entity.nestedObjects(budget)) {
        if (!isReference(inner) && new Entity(inner, Set.of()).isOfType(names.keys())) {
          deeper.add(inner);
        }
      }
    }
    return deeper;
  }

  /**
   * Returns the largest set of objects that share a type and have enough properties of the group:
   * two, or all if the group has fewer.
   */
  List<ObjectNode> ofBestType(SchemaNode.ObjectSchema objectSchema, TimeBudget budget)
      throws InterruptedException {
    int least = Math.min(2, objectSchema.properties().size());
    Map<JsonNode, List<ObjectNode>> byType = new LinkedHashMap<>();
    for (Entity entity : all) {
      List<ObjectNode> objects = new ArrayList<>(List.of(entity.node()));
      objects.addAll(entity.nestedObjects(budget));
      for (ObjectNode object : objects) {
        if (!object.has("itemListElement") && matches(object, objectSchema, budget) >= least) {
          byType.computeIfAbsent(object.path("@type"), _ -> new ArrayList<>()).add(object);
        }
      }
    }
    return byType.values().stream().max(Comparator.comparingInt(List::size)).orElse(List.of());
  }

  /**
   * Counts the properties of the group that the object has, directly or nested; 0 if it has none
   * directly.
   */
  private static int matches(
      ObjectNode object, SchemaNode.ObjectSchema objectSchema, TimeBudget budget)
      throws InterruptedException {
    Entity entity = new Entity(object, propertyKeys(objectSchema));
    int own = 0;
    int all = 0;
    for (SchemaNode property : objectSchema.properties().values()) {
      boolean member = entity.member(property.names(), budget).isPresent();
      own += member ? 1 : 0;
      boolean found =
          member
              || (!property.names().isGeneric()
                  && entity.nested(property.names(), budget).isPresent());
      all += found ? 1 : 0;
    }
    return own == 0 ? 0 : all;
  }

  /** The last segment of a type URL such as {@code https://schema.org/Product}. */
  static String localName(String type) {
    return type.substring(Math.max(type.lastIndexOf('/'), type.lastIndexOf('#')) + 1);
  }
}
