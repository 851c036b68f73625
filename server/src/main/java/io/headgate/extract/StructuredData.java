package io.headgate.extract;

import java.util.ArrayList;
import java.util.List;
import org.jsoup.nodes.Element;
import org.jsoup.select.Evaluator;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** Reads JSON-LD and microdata out of a part of a page. What is broken is passed over. */
final class StructuredData {

  private static final int MOST = 1_000;
  private static final int DEEPEST = 12;
  private static final JsonMapper JSON =
      JsonMapper.builder().disable(StreamReadFeature.AUTO_CLOSE_SOURCE).build();
  private static final Evaluator SCRIPTS = Selectors.parse("script[type^=application/ld+json]");
  private static final Evaluator SCOPES = Selectors.parse("[itemscope]");
  private static final Evaluator PROPERTIES = Selectors.parse("[itemprop]");

  private final Effort effort;
  private final List<ObjectNode> found = new ArrayList<>();

  private StructuredData(Effort effort) {
    this.effort = effort;
  }

  /** Everything in the page, JSON-LD first. */
  static Entities ofPage(Element page, Effort effort) throws InterruptedException {
    StructuredData data = new StructuredData(effort);
    for (Element script : Selectors.all(page, SCRIPTS, effort)) {
      data.readScript(script.data());
    }
    for (Element scope : Selectors.all(page, SCOPES, effort)) {
      if (!scope.hasAttr("itemprop") && data.found.size() < MOST) {
        data.found.add(data.item(scope, 0));
      }
    }
    return Entities.of(data.found);
  }

  /** Microdata within one element, such as one of a list of products. */
  static Entities within(Element element, Effort effort) throws InterruptedException {
    StructuredData data = new StructuredData(effort);
    ObjectNode item = data.item(element, 0);
    return item.isEmpty() ? Entities.NONE : Entities.of(item);
  }

  static Entities ofJson(JsonNode json) {
    StructuredData data = new StructuredData(Effort.lasting(java.time.Duration.ofDays(1)));
    data.add(json, 0);
    return Entities.of(data.found);
  }

  private void readScript(String script) {
    try {
      add(JSON.readTree(script.strip()), 0);
    } catch (JacksonException _) {
      // a page may say what it likes
    }
  }

  private void add(JsonNode node, int depth) {
    if (depth > DEEPEST || found.size() >= MOST) {
      return;
    }
    if (node.isArray()) {
      node.forEach(one -> add(one, depth + 1));
    } else if (node instanceof ObjectNode object) {
      if (object.size() > (object.has("@context") ? 2 : 1) || !object.has("@graph")) {
        found.add(object);
      }
      add(object.path("@graph"), depth + 1);
      add(object.path("mainEntity"), depth + 1);
    }
  }

  /** An element with itemscope as an object, in the way the standard turns microdata into JSON. */
  private ObjectNode item(Element scope, int depth) throws InterruptedException {
    ObjectNode item = JsonNodeFactory.instance.objectNode();
    if (scope.hasAttr("itemtype")) {
      item.put("@type", scope.attr("itemtype").strip());
    }
    Element self = scope.hasAttr("itemscope") ? scope : null;
    for (Element property : Selectors.all(scope, PROPERTIES, effort)) {
      if (!property.equals(scope) && belongs(property, scope, self)) {
        JsonNode value =
            property.hasAttr("itemscope") && depth < DEEPEST
                ? item(property, depth + 1)
                : JsonNodeFactory.instance.stringNode(valueOf(property));
        for (String name : property.attr("itemprop").strip().split("\\s+", 10)) {
          put(item, name, value);
        }
      }
    }
    return item;
  }

  /** False for what belongs to another thing within. */
  private static boolean belongs(Element property, Element root, @Nullable Element owner) {
    for (Element at = property.parent(); at != null; at = at.parent()) {
      if (at.equals(owner) || at.equals(root)) {
        return true;
      }
      if (at.hasAttr("itemscope")) {
        return false;
      }
    }
    return false;
  }

  private static void put(ObjectNode item, String name, JsonNode value) {
    JsonNode before = item.path(name);
    if (before instanceof ArrayNode values) {
      values.add(value);
    } else if (before.isMissingNode()) {
      item.set(name, value);
    } else {
      item.putArray(name).add(before).add(value);
    }
  }

  private static String valueOf(Element element) {
    return switch (element.normalName()) {
      case "meta" -> element.attr("content");
      case "audio", "embed", "iframe", "img", "source", "track", "video" -> element.absUrl("src");
      case "a", "area", "link" -> element.absUrl("href");
      case "object" -> element.absUrl("data");
      case "data", "meter" -> element.attr("value");
      case "time" -> element.hasAttr("datetime") ? element.attr("datetime") : element.text();
      default -> element.hasAttr("content") ? element.attr("content") : element.text();
    };
  }
}
