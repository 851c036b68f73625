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

  private static final int MOST_LOOKED_AT = 2_000;

  private final ObjectNode node;
  private final Set<String> wanted;
  private @Nullable Map<String, Member> own;
  private @Nullable Map<String, Member> deeper;

  /**
   * @param place position in traversal order
   */
  private record Member(int place, JsonNode value) {}

  /**
   * @param wanted keys of the names that will be requested; other names work too but cost more
   */
  Entity(ObjectNode node, Set<String> wanted) {
    this.node = node;
    this.wanted = wanted;
  }

  ObjectNode node() {
    return node;
  }

  Entity wanting(Set<String> keys) {
    return new Entity(node, keys);
  }

  /** Returns the first member with one of the names. */
  Optional<JsonNode> member(Names names, Effort effort) throws InterruptedException {
    if (!wanted.containsAll(names.keys())) {
      return first(read(1, names.keys(), effort), names);
    }
    if (own == null) {
      own = read(1, wanted, effort);
    }
    return first(own, names);
  }

  /** Returns the first member with one of the names in this object or, breadth first, inside it. */
  Optional<JsonNode> deeper(Names names, Effort effort) throws InterruptedException {
    if (!wanted.containsAll(names.keys())) {
      return first(read(MOST_LOOKED_AT, names.keys(), effort), names);
    }
    if (deeper == null) {
      deeper = read(MOST_LOOKED_AT, wanted, effort);
    }
    return first(deeper, names);
  }

  private static Optional<JsonNode> first(Map<String, Member> members, Names names) {
    return names.keys().stream()
        .map(members::get)
        .filter(Objects::nonNull)
        .min(Comparator.comparingInt(Member::place))
        .map(Member::value);
  }

  private Map<String, Member> read(int most, Set<String> keys, Effort effort)
      throws InterruptedException {
    Map<String, Member> found = new HashMap<>();
    Deque<JsonNode> next = new ArrayDeque<>();
    next.add(node);
    for (int looked = 0; looked < most && !next.isEmpty(); looked++) {
      JsonNode one = next.remove();
      if (one instanceof ObjectNode object) {
        read(object, keys, found, effort);
      }
      one.valueStream().filter(JsonNode::isContainer).forEach(next::add);
    }
    return found;
  }

  private static void read(
      ObjectNode object, Set<String> keys, Map<String, Member> found, Effort effort)
      throws InterruptedException {
    for (Map.Entry<String, JsonNode> member : object.properties()) {
      effort.step();
      String key = Names.key(member.getKey());
      if (keys.contains(key) && !member.getValue().isNull()) {
        found.putIfAbsent(key, new Member(found.size(), member.getValue()));
      }
    }
    for (JsonNode pair : object.path("additionalProperty")) {
      String key = Names.key(pair.path("name").asString(""));
      if (keys.contains(key) && !pair.path("value").isMissingNode()) {
        found.putIfAbsent(key, new Member(found.size(), pair.path("value")));
      }
    }
  }

  /** Returns the objects nested in this one, breadth first, without this one. */
  List<ObjectNode> within(Effort effort) throws InterruptedException {
    List<ObjectNode> things = new ArrayList<>();
    Deque<JsonNode> next = new ArrayDeque<>(node.values());
    for (int looked = 0; looked < MOST_LOOKED_AT && !next.isEmpty(); looked++) {
      effort.step();
      JsonNode one = next.remove();
      if (one instanceof ObjectNode object) {
        things.add(object);
      }
      one.valueStream().filter(JsonNode::isContainer).forEach(next::add);
    }
    return things;
  }

  boolean isOfType(Set<String> keys) {
    return types().stream().anyMatch(keys::contains);
  }

  private Set<String> types() {
    JsonNode type = node.path("@type");
    return type.isArray()
        ? type.valueStream()
            .map(one -> Names.key(Entities.local(one.asString(""))))
            .collect(Collectors.toSet())
        : Set.of(Names.key(Entities.local(type.asString(""))));
  }
}
