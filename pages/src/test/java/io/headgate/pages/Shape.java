package io.headgate.pages;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeType;

/** Compares the structure of JSON documents: names, types and nesting, but not values. */
final class Shape {

  private Shape() {}

  /** The differences between the structure on a page and that of a response. */
  static List<String> differences(JsonNode shown, JsonNode answered) {
    List<String> found = new ArrayList<>();
    compare("", shown, answered, found);
    return found;
  }

  private static void compare(String at, JsonNode shown, JsonNode answered, List<String> found) {
    if (shown.isNull() || answered.isNull()) {
      return; // null stands for any type
    }
    if (kind(shown) != kind(answered)) {
      found.add(
          "%s: the page shows %s, the response has %s".formatted(at, kind(shown), kind(answered)));
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
        found.add(place + " is missing in the response");
      } else if (!shown.has(name)) {
        found.add(place + " is missing on the page");
      } else {
        compare(place, shown.get(name), answered.get(name), found);
      }
    }
  }

  private static JsonNodeType kind(JsonNode node) {
    return node.getNodeType();
  }
}
