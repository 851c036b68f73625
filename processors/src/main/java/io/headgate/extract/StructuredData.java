package io.headgate.extract;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;
import org.jsoup.nodes.Element;
import org.jsoup.select.Evaluator;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.json.JsonFactory;
import tools.jackson.core.json.JsonReadFeature;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** Reads the JSON-LD and microdata of a page or an element. Skips what cannot be parsed. */
final class StructuredData {

  private static final int MAX_OBJECTS = 1_000;
  private static final int MAX_DEPTH = 12;
  private static final int MAX_REFERENCED = 20;

  /** Lenient, because search engines are, and pages are tested only with those. */
  private static final JsonMapper JSON =
      JsonMapper.builder(
              JsonFactory.builder()
                  .enable(JsonReadFeature.ALLOW_UNESCAPED_CONTROL_CHARS)
                  .enable(JsonReadFeature.ALLOW_BACKSLASH_ESCAPING_ANY_CHARACTER)
                  .enable(JsonReadFeature.ALLOW_JAVA_COMMENTS)
                  .enable(JsonReadFeature.ALLOW_TRAILING_COMMA)
                  .build())
          .disable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
          .build();

  private static final Pattern HTML_COMMENT = Pattern.compile("^\\s*<!--|-->\\s*$");
  private static final Evaluator SCRIPTS = Selectors.parse("script[type^=application/ld+json]");
  private static final Evaluator SCOPES = Selectors.parse("[itemscope]");
  private static final Evaluator PROPERTIES = Selectors.parse("[itemprop]");

  private final TimeBudget budget;
  private final Locale locale;
  private final List<ObjectNode> objects = new ArrayList<>();

  private StructuredData(TimeBudget budget, Locale locale) {
    this.budget = budget;
    this.locale = locale;
  }

  private static Locale localeOf(Element element) {
    Element html = element.ownerDocument() == null ? null : element.root().selectFirst("html");
    return Locale.forLanguageTag(html == null ? "" : html.attr("lang"));
  }

  /** Reads all entities of the page, JSON-LD first. */
  static Entities ofPage(Element page, TimeBudget budget) throws InterruptedException {
    StructuredData data = new StructuredData(budget, localeOf(page));
    for (Element script : Selectors.all(page, SCRIPTS, budget)) {
      data.readScript(script.data());
    }
    for (Element scope : Selectors.all(page, SCOPES, budget)) {
      if (!scope.hasAttr("itemprop") && data.objects.size() < MAX_OBJECTS) {
        data.objects.add(data.item(scope, 0));
      }
    }
    return Entities.of(data.objects, budget);
  }

  /** Reads the microdata of one element, such as an entry of a product list. */
  static Entities within(Element element, TimeBudget budget) throws InterruptedException {
    StructuredData data = new StructuredData(budget, localeOf(element));
    ObjectNode item = data.item(element, 0);
    return item.isEmpty() ? Entities.NONE : Entities.NONE.of(List.of(item));
  }

  static Entities ofJson(JsonNode json) {
    StructuredData data =
        new StructuredData(TimeBudget.of(java.time.Duration.ofDays(1)), Locale.ROOT);
    data.add(json, 0);
    return Entities.NONE.of(data.objects);
  }

  private void readScript(String script) throws InterruptedException {
    try {
      add(withNumbers(JSON.readTree(HTML_COMMENT.matcher(script).replaceAll(""))), 0);
    } catch (JacksonException _) {
      // invalid JSON-LD is skipped
    }
  }

  /**
   * Converts strings to numbers where the page's language would parse the decimal point wrongly.
   */
  private JsonNode withNumbers(JsonNode node) throws InterruptedException {
    budget.step();
    if (node instanceof ObjectNode object) {
      for (Map.Entry<String, JsonNode> member : object.properties()) {
        member.setValue(withNumbers(member.getValue()));
      }
    } else if (node instanceof ArrayNode array) {
      for (int i = 0; i < array.size(); i++) {
        array.set(i, withNumbers(array.get(i)));
      }
    } else if (node.isString()) {
      return NumberParser.machineReadable(node.asString(), locale);
    }
    return node;
  }

  private void add(JsonNode node, int depth) {
    if (depth > MAX_DEPTH || objects.size() >= MAX_OBJECTS) {
      return;
    }
    if (node.isArray()) {
      node.forEach(one -> add(one, depth + 1));
    } else if (node instanceof ObjectNode object) {
      if (object.size() > (object.has("@context") ? 2 : 1) || !object.has("@graph")) {
        objects.add(object);
      }
      add(object.path("@graph"), depth + 1);
      add(object.path("mainEntity"), depth + 1);
    }
  }

  /** Converts an element with itemscope to an object, as the HTML standard specifies. */
  private ObjectNode item(Element scope, int depth) throws InterruptedException {
    ObjectNode item = JsonNodeFactory.instance.objectNode();
    if (scope.hasAttr("itemtype")) {
      item.put("@type", scope.attr("itemtype").strip());
    }
    Element self = scope.hasAttr("itemscope") ? scope : null;
    for (Element property : Selectors.all(scope, PROPERTIES, budget)) {
      if (!property.equals(scope) && belongsTo(property, scope, self)) {
        put(item, property, depth);
      }
    }
    for (Element part : referenced(scope)) {
      for (Element property : Selectors.all(part, PROPERTIES, budget)) {
        if (property.equals(part) || belongsTo(property, part, null)) {
          put(item, property, depth);
        }
      }
    }
    return item;
  }

  /** Returns the elements that {@code itemref} adds to an item, except its own ancestors. */
  private static List<Element> referenced(Element scope) {
    List<Element> parts = new ArrayList<>();
    for (String id : scope.attr("itemref").strip().split("\\s+", MAX_REFERENCED)) {
      Element part = id.isEmpty() ? null : scope.root().getElementById(id);
      if (part != null && !scope.parents().contains(part) && !part.equals(scope)) {
        parts.add(part);
      }
    }
    return parts;
  }

  private void put(ObjectNode item, Element property, int depth) throws InterruptedException {
    JsonNode value =
        property.hasAttr("itemscope") && depth < MAX_DEPTH
            ? item(property, depth + 1)
            : valueOf(property);
    for (String name : property.attr("itemprop").strip().split("\\s+", 10)) {
      put(item, name, value);
    }
  }

  /** False if the property belongs to another item nested in {@code root}. */
  private static boolean belongsTo(Element property, Element root, @Nullable Element owner) {
    for (Element at = property.parent(); at != null; at = at.parent()) {
      boolean outermost = at.equals(root);
      if (at.equals(owner) || (outermost && (owner != null || !at.hasAttr("itemscope")))) {
        return true;
      }
      if (outermost || at.hasAttr("itemscope")) {
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

  private JsonNode valueOf(Element element) {
    return switch (element.normalName()) {
      case "meta" -> NumberParser.machineReadable(element.attr("content"), locale);
      case "audio", "embed", "iframe", "img", "source", "track", "video" ->
          text(element.absUrl("src"));
      case "a", "area", "link" -> text(element.absUrl("href"));
      case "object" -> text(element.absUrl("data"));
      case "data", "meter" -> NumberParser.machineReadable(element.attr("value"), locale);
      case "time" -> text(element.hasAttr("datetime") ? element.attr("datetime") : element.text());
      default ->
          element.hasAttr("content")
              ? NumberParser.machineReadable(element.attr("content"), locale)
              : text(element.text());
    };
  }

  private static JsonNode text(String text) {
    return JsonNodeFactory.instance.stringNode(text);
  }
}
