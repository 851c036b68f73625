package io.headgate.extract;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * One JSON object in a page's structured data. Its members are indexed once for all requested
 * names, because a page may have a million members and a schema hundreds of properties.
 */
final class Entity {

  private static final int MAX_VISITED = 2_000;

  private final ObjectNode node;
  private final Set<String> requestedKeys;
  private @Nullable Map<String, EntityMember> ownMembers;
  private @Nullable Map<String, EntityMember> nested;

  /**
   * @param position position in traversal order
   */
  private record EntityMember(int position, JsonNode value) {}

  /**
   * @param requestedKeys keys of the names that will be requested; other names work too but cost
   *     more
   */
  Entity(ObjectNode node, Set<String> requestedKeys) {
    this.node = node;
    this.requestedKeys = requestedKeys;
  }

  ObjectNode node() {
    return node;
  }

  Entity requesting(Set<String> keys) {
    return new Entity(node, keys);
  }

  /** Returns the first member with one of the names. */
  Optional<JsonNode> member(PropertyNames names, TimeBudget budget) throws InterruptedException {
    if (!requestedKeys.containsAll(names.keys())) {
      return first(read(1, names.keys(), budget), names);
    }
    if (ownMembers == null) {
      ownMembers = read(1, requestedKeys, budget);
    }
    return first(ownMembers, names);
  }

  /** Returns the first member with one of the names in this object or, breadth first, inside it. */
  Optional<JsonNode> nested(PropertyNames names, TimeBudget budget) throws InterruptedException {
    if (!requestedKeys.containsAll(names.keys())) {
      return first(read(MAX_VISITED, names.keys(), budget), names);
    }
    if (nested == null) {
      nested = read(MAX_VISITED, requestedKeys, budget);
    }
    return first(nested, names);
  }

  private static Optional<JsonNode> first(Map<String, EntityMember> members, PropertyNames names) {
    return names.keys().stream()
        .map(members::get)
        .filter(Objects::nonNull)
        .min(Comparator.comparingInt(EntityMember::position))
        .map(EntityMember::value);
  }

  private Map<String, EntityMember> read(int limit, Set<String> keys, TimeBudget budget)
      throws InterruptedException {
    Map<String, EntityMember> found = new HashMap<>();
    Deque<JsonNode> next = new ArrayDeque<>();
    next.add(node);
    for (int visited = 0; visited < limit && !next.isEmpty(); visited++) {
      JsonNode one = next.remove();
      if (one instanceof ObjectNode object) {
        read(object, keys, found, budget);
      }
      one.valueStream().filter(JsonNode::isContainer).forEach(next::add);
    }
    return found;
  }

  private static void read(
      ObjectNode object, Set<String> keys, Map<String, EntityMember> found, TimeBudget budget)
      throws InterruptedException {
    for (Map.Entry<String, JsonNode> member : object.properties()) {
      budget.step();
      String key = PropertyNames.key(member.getKey());
      if (keys.contains(key) && !member.getValue().isNull()) {
        found.putIfAbsent(key, new EntityMember(found.size(), member.getValue()));
      }
    }
    for (JsonNode pair : object.path("additionalProperty")) {
      String key = PropertyNames.key(pair.path("name").asString(""));
      if (keys.contains(key) && !pair.path("value").isMissingNode()) {
        found.putIfAbsent(key, new EntityMember(found.size(), pair.path("value")));
      }
    }
  }

  /** Returns the objects nested in this one, breadth first, without this one. */
  List<ObjectNode> nestedObjects(TimeBudget budget) throws InterruptedException {
    List<ObjectNode> objects = new ArrayList<>();
    Deque<JsonNode> next = new ArrayDeque<>(node.values());
    for (int visited = 0; visited < MAX_VISITED && !next.isEmpty(); visited++) {
      budget.step();
      JsonNode one = next.remove();
      if (one instanceof ObjectNode object) {
        objects.add(object);
      }
      one.valueStream().filter(JsonNode::isContainer).forEach(next::add);
    }
    return objects;
  }

  boolean isOfType(Set<String> keys) {
    return types().stream().anyMatch(keys::contains);
  }

  private Set<String> types() {
    JsonNode type = node.path("@type");
    return type.isArray()
        ? type.valueStream()
            .map(one -> PropertyNames.key(Entities.localName(one.asString(""))))
            .collect(Collectors.toSet())
        : Set.of(PropertyNames.key(Entities.localName(type.asString(""))));
  }
}
