package io.headgate.extract;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * What a page says about things in a form made for programs: JSON-LD, and microdata in the same
 * form. Those that know most of what is wanted come first.
 */
record Entities(List<ObjectNode> all) {

  static final Entities NONE = new Entities(List.of());

  private static final int MOST_LOOKED_AT = 2_000;

  /** About the site around the page; they have a name and a description too. */
  private static final Set<String> FRAME =
      Set.of("website", "webpage", "organization", "breadcrumblist", "searchaction", "imageobject");

  static Entities of(ObjectNode one) {
    return new Entities(List.of(one));
  }

  /** The same, those first that have most of the properties. */
  Entities rankedFor(Shape.Group group) {
    return new Entities(
        all.stream().sorted(Comparator.comparingInt(one -> -score(one, group))).toList());
  }

  private static int score(ObjectNode entity, Shape.Group group) {
    int score = 0;
    for (Shape property : group.properties().values()) {
      if (member(entity, property.names()).isPresent()) {
        score += 2;
      }
    }
    Set<String> types = types(entity);
    if (types.stream().anyMatch(group.names().keys()::contains)) {
      score += 5;
    }
    return types.stream().anyMatch(FRAME::contains) ? score - 3 : score;
  }

  /** The values under one of the names: those of the things themselves, then those within them. */
  List<JsonNode> values(Names names) {
    List<JsonNode> found = new ArrayList<>();
    all.forEach(entity -> member(entity, names).ifPresent(found::add));
    if (!names.generic()) {
      all.forEach(entity -> deeper(entity, names).ifPresent(found::add));
    }
    return found;
  }

  /** The things whose type is one of the names. */
  List<ObjectNode> ofType(Names names) {
    return all.stream()
        .filter(one -> types(one).stream().anyMatch(names.keys()::contains))
        .toList();
  }

  private static Optional<JsonNode> deeper(ObjectNode entity, Names names) {
    Deque<JsonNode> next = new ArrayDeque<>();
    next.add(entity);
    for (int looked = 0; looked < MOST_LOOKED_AT && !next.isEmpty(); looked++) {
      JsonNode node = next.remove();
      Optional<JsonNode> found =
          node instanceof ObjectNode object ? member(object, names) : Optional.empty();
      if (found.isPresent()) {
        return found;
      }
      node.valueStream().filter(JsonNode::isContainer).forEach(next::add);
    }
    return Optional.empty();
  }

  private static Optional<JsonNode> member(ObjectNode object, Names names) {
    for (Map.Entry<String, JsonNode> member : object.properties()) {
      if (names.match(member.getKey()) && !member.getValue().isNull()) {
        return Optional.of(member.getValue());
      }
    }
    return Optional.empty();
  }

  private static Set<String> types(ObjectNode entity) {
    JsonNode type = entity.path("@type");
    return type.isArray()
        ? type.valueStream()
            .map(one -> Names.key(local(one.asString(""))))
            .collect(java.util.stream.Collectors.toSet())
        : Set.of(Names.key(local(type.asString(""))));
  }

  /** The last word of an address such as {@code https://schema.org/Product}. */
  static String local(String type) {
    return type.substring(Math.max(type.lastIndexOf('/'), type.lastIndexOf('#')) + 1);
  }
}
