package io.headgate.extract;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * What a page says about things in a form made for programs: JSON-LD, and microdata in the same
 * form. Those that know most of what is wanted come first.
 */
record Entities(List<Entity> all) {

  static final Entities NONE = new Entities(List.of());

  /** About the site around the page; they have a name and a description too. */
  private static final Set<String> FRAME =
      Set.of("website", "webpage", "organization", "breadcrumblist", "searchaction", "imageobject");

  private record Scored(Entity entity, int score) {}

  static Entities of(ObjectNode one) {
    return of(List.of(one));
  }

  static Entities of(List<ObjectNode> all) {
    return new Entities(all.stream().map(one -> new Entity(one, Set.of())).toList());
  }

  /** The same, those first that have most of the properties. */
  Entities rankedFor(Shape.Group group, Effort effort) throws InterruptedException {
    Set<String> wanted = new HashSet<>();
    group.properties().values().forEach(property -> wanted.addAll(property.names().keys()));
    List<Scored> scored = new ArrayList<>();
    for (Entity one : all) {
      Entity ready = one.wanting(wanted);
      scored.add(new Scored(ready, score(ready, group, effort)));
    }
    scored.sort(Comparator.comparingInt(Scored::score).reversed());
    return new Entities(scored.stream().map(Scored::entity).toList());
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
      entity.member(names, effort).ifPresent(found::add);
    }
    if (!names.generic()) {
      for (Entity entity : all) {
        effort.step();
        entity.deeper(names, effort).ifPresent(found::add);
      }
    }
    return found;
  }

  /** The things whose type is one of the names. */
  List<ObjectNode> ofType(Names names) {
    return all.stream().filter(one -> one.isOfType(names.keys())).map(Entity::node).toList();
  }

  /** The last word of an address such as {@code https://schema.org/Product}. */
  static String local(String type) {
    return type.substring(Math.max(type.lastIndexOf('/'), type.lastIndexOf('#')) + 1);
  }
}
