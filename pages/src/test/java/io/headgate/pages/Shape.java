package io.headgate.pages;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeType;

/** What two pieces of JSON have in common when their values differ: names, kinds and nesting. */
final class Shape {

  private Shape() {}

  /** Where an answer is not of the shape a page shows; empty when it is. */
  static List<String> differences(JsonNode shown, JsonNode answered) {
    List<String> found = new ArrayList<>();
    compare("", shown, answered, found);
    return found;
  }

  private static void compare(String at, JsonNode shown, JsonNode answered, List<String> found) {
    if (shown.isNull() || answered.isNull()) {
      return; // a value that may be absent
    }
    if (kind(shown) != kind(answered)) {
      found.add("%s is shown as %s and is %s".formatted(at, kind(shown), kind(answered)));
    } else if (shown.isObject()) {
      compareNames(at, shown, answered, found);
    } else if (shown.isArray() && !shown.isEmpty() && !answered.isEmpty()) {
      compare(at + "/0", shown.get(0), answered.get(0), found);
    }
  }

  private static void compareNames(
      String at, JsonNode shown, JsonNode answered, List<String> found) {
    Set<String> names = new TreeSet<>(shown.propertyNames());
    names.addAll(answered.propertyNames());
    for (String name : names) {
      String place = at + "/" + name;
      if (!answered.has(name)) {
        found.add(place + " is shown and is not there");
      } else if (!shown.has(name)) {
        found.add(place + " is there and is not shown");
      } else {
        compare(place, shown.get(name), answered.get(name), found);
      }
    }
  }

  private static JsonNodeType kind(JsonNode node) {
    return node.getNodeType();
  }
}
