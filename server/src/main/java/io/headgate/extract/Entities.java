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
  private static final Set<String> FRAME =
      Set.of("website", "webpage", "organization", "breadcrumblist", "searchaction", "imageobject");

  private record Scored(Entity entity, int score) {}

  /** Collects the entities of a page and indexes them by {@code @id}. */
  static Entities of(List<ObjectNode> all, Effort effort) throws InterruptedException {
    Map<String, ObjectNode> byId = new HashMap<>();
    for (ObjectNode one : all) {
      identify(one, byId);
      for (ObjectNode inner : new Entity(one, Set.of()).within(effort)) {
        identify(inner, byId);
      }
    }
    return new Entities(entities(all), byId);
  }

  private static void identify(ObjectNode thing, Map<String, ObjectNode> byId) {
    String id = thing.path("@id").asString("");
    if (!id.isEmpty() && !isReference(thing)) {
      byId.merge(id, thing, (one, other) -> one.size() < other.size() ? other : one);
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
  Entities rankedFor(Shape.Group group, Effort effort) throws InterruptedException {
    Set<String> wanted = wanted(group);
    List<Scored> scored = new ArrayList<>();
    for (Entity one : all) {
      Entity ready = one.wanting(wanted);
      scored.add(new Scored(ready, score(ready, group, effort)));
    }
    scored.sort(Comparator.comparingInt(Scored::score).reversed());
    return new Entities(scored.stream().map(Scored::entity).toList(), byId);
  }

  private static Set<String> wanted(Shape.Group group) {
    Set<String> wanted = new HashSet<>();
    group.properties().values().forEach(property -> wanted.addAll(property.names().keys()));
    return wanted;
  }

  /**
   * Returns these entities, or the objects inside them if no entity has a property of the group and
   * they are only wrappers.
   */
  Entities unwrappedFor(Shape.Group group, Effort effort) throws InterruptedException {
    Set<String> wanted = wanted(group);
    List<ObjectNode> inner = new ArrayList<>();
    for (Entity one : all) {
      if (score(one.wanting(wanted), group, effort) > 0) {
        return this;
      }
      inner.addAll(one.within(effort));
    }
    return of(inner);
  }

  private static int score(Entity entity, Shape.Group group, Effort effort)
      throws InterruptedException {
    int score = 0;
    for (Shape property : group.properties().values()) {
      effort.step();
      if (entity.member(property.names(), effort).isPresent()) {
        score += 2;
      }
    }
    if (entity.isOfType(group.names().keys())) {
      score += 5;
    }
    return entity.isOfType(FRAME) ? score - 3 : score;
  }

  /**
   * Returns the values of members with one of the names: members of the entities first, then
   * members of objects nested in them.
   */
  List<JsonNode> values(Names names, Effort effort) throws InterruptedException {
    List<JsonNode> found = new ArrayList<>();
    for (Entity entity : all) {
      effort.step();
      entity.member(names, effort).map(this::followed).ifPresent(found::add);
    }
    if (!names.generic()) {
      for (Entity entity : all) {
        effort.step();
        entity.deeper(names, effort).map(this::followed).ifPresent(found::add);
      }
    }
    return found;
  }

  /** Resolves one level of {@code @id} references. */
  private JsonNode followed(JsonNode value) {
    if (value instanceof ArrayNode several
        && several.valueStream().anyMatch(Entities::isReference)) {
      ArrayNode followed = JsonNodeFactory.instance.arrayNode();
      several.forEach(one -> followed.add(followed(one)));
      return followed;
    }
    ObjectNode thing = isReference(value) ? byId.get(value.path("@id").asString("")) : null;
    return thing == null ? value : thing;
  }

  private static boolean isReference(JsonNode value) {
    return value.isObject() && value.has("@id") && value.size() == (value.has("@type") ? 2 : 1);
  }

  /** Returns the entities of a type with one of the names, or nested objects of such a type. */
  List<ObjectNode> ofType(Names names, Effort effort) throws InterruptedException {
    List<ObjectNode> typed =
        all.stream().filter(one -> one.isOfType(names.keys())).map(Entity::node).toList();
    if (!typed.isEmpty()) {
      return typed;
    }
    List<ObjectNode> deeper = new ArrayList<>();
    for (Entity entity : all) {
      for (ObjectNode inner : entity.within(effort)) {
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
  List<ObjectNode> alike(Shape.Group group, Effort effort) throws InterruptedException {
    int least = Math.min(2, group.properties().size());
    Map<JsonNode, List<ObjectNode>> byType = new LinkedHashMap<>();
    for (Entity entity : all) {
      List<ObjectNode> things = new ArrayList<>(List.of(entity.node()));
      things.addAll(entity.within(effort));
      for (ObjectNode thing : things) {
        if (!thing.has("itemListElement") && matches(thing, group, effort) >= least) {
          byType.computeIfAbsent(thing.path("@type"), _ -> new ArrayList<>()).add(thing);
        }
      }
    }
    return byType.values().stream().max(Comparator.comparingInt(List::size)).orElse(List.of());
  }

  /**
   * Counts the properties of the group that the object has, directly or nested; 0 if it has none
   * directly.
   */
  private static int matches(ObjectNode thing, Shape.Group group, Effort effort)
      throws InterruptedException {
    Entity entity = new Entity(thing, wanted(group));
    int own = 0;
    int all = 0;
    for (Shape property : group.properties().values()) {
      boolean member = entity.member(property.names(), effort).isPresent();
      own += member ? 1 : 0;
      boolean counts =
          member
              || (!property.names().generic()
                  && entity.deeper(property.names(), effort).isPresent());
      all += counts ? 1 : 0;
    }
    return own == 0 ? 0 : all;
  }

  /** The last segment of a type URL such as {@code https://schema.org/Product}. */
  static String local(String type) {
    return type.substring(Math.max(type.lastIndexOf('/'), type.lastIndexOf('#')) + 1);
  }
}
