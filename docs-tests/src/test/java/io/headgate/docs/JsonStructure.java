package io.headgate.docs;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeType;

/** Compares the structure of JSON documents: names, types and nesting, but not values. */
final class JsonStructure {

  private JsonStructure() {}

  /** The differences between the structure on a page and that of a response. */
  static List<String> differences(JsonNode shown, JsonNode response) {
    List<String> found = new ArrayList<>();
    compare("", shown, response, found);
    return found;
  }

  private static void compare(String at, JsonNode shown, JsonNode response, List<String> found) {
    if (shown.isNull() || response.isNull()) {
      return; // null stands for any type
    }
    if (kind(shown) != kind(response)) {
      found.add(
          "%s: the page shows %s, the response has %s".formatted(at, kind(shown), kind(response)));
    } else if (shown.isObject()) {
      compareNames(at, shown, response, found);
    } else if (shown.isArray() && !shown.isEmpty() && !response.isEmpty()) {
      compare(at + "/0", shown.get(0), response.get(0), found);
    }
  }

  private static void compareNames(
      String at, JsonNode shown, JsonNode response, List<String> found) {
    Set<String> names = new TreeSet<>(shown.propertyNames());
    names.addAll(response.propertyNames());
    for (String name : names) {
      String path = at + "/" + name;
      if (!response.has(name)) {
        found.add(path + " is missing in the response");
      } else if (!shown.has(name)) {
        found.add(path + " is missing on the page");
      } else {
        compare(path, shown.get(name), response.get(name), found);
      }
    }
  }

  private static JsonNodeType kind(JsonNode node) {
    return node.getNodeType();
  }
}
