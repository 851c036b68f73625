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
 * What a page says about things in a form made for programs: JSON-LD, and microdata in the same
 * form. Those that know most of what is wanted come first.
 *
 * @param byId what {@code @id} leads to from elsewhere in the page
 */
record Entities(List<Entity> all, Map<String, ObjectNode> byId) {

  static final Entities NONE = new Entities(List.of(), Map.of());

  /** About the site around the page; they have a name and a description too. */
  private static final Set<String> FRAME =
      Set.of("website", "webpage", "organization", "breadcrumblist", "searchaction", "imageobject");

  private record Scored(Entity entity, int score) {}

  /** Those of a page. */
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

  /** Things that stand in these. */
  Entities of(List<ObjectNode> inner) {
    return new Entities(entities(inner), byId);
  }

  private static List<Entity> entities(List<ObjectNode> nodes) {
    return nodes.stream().map(one -> new Entity(one, Set.of())).toList();
  }

  /** The same, those first that have most of the properties. */
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

  /** What is within these, where none of them has anything that is wanted: they only wrap it. */
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

  /** The values under one of the names: those of the things themselves, then those within them. */
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

  /** What a reference leads to, itself with its references as they are. */
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

  /** The things whose type is one of the names, else those within them. */
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
   * The things of one kind, here or within: those that have most of the properties, two at least.
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

  /** How many properties it has, itself or in what is its own; 0 where none is a member. */
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

  /** The last word of an address such as {@code https://schema.org/Product}. */
  static String local(String type) {
    return type.substring(Math.max(type.lastIndexOf('/'), type.lastIndexOf('#')) + 1);
  }
}
