package io.headgate.dialect.spidra;

import java.util.List;
import java.util.Map;
import java.util.Set;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** Browser actions on a page before it is scraped: checks the vendor's JSON and translates it. */
final class SpidraActions {

  private static final Set<String> TYPES =
      Set.of("click", "type", "check", "uncheck", "wait", "scroll", "forEach");
  private static final int MAX_ACTIONS = 50;
  private static final int DEFAULT_WAIT_MILLIS = 1_000;

  /** Vendor field to field of the processor {@code scrape}. Other fields have no effect there. */
  private static final Map<String, String> FIELDS =
      Map.ofEntries(
          Map.entry("selector", "selector"),
          Map.entry("value", "value"),
          Map.entry("duration", "duration"),
          Map.entry("to", "to"),
          Map.entry("observe", "observe"),
          Map.entry("mode", "mode"),
          Map.entry("captureSelector", "capture_selector"),
          Map.entry("maxItems", "max_items"),
          Map.entry("waitAfterClick", "wait_after_click"),
          Map.entry("itemPrompt", "item_prompt"),
          Map.entry("nextSelector", "next_selector"),
          Map.entry("maxPages", "max_pages"));

  private SpidraActions() {}

  static void check(String field, JsonNode actions, List<String> errors) {
    if (actions.isMissingNode() || actions.isNull()) {
      return;
    }
    if (!actions.isArray() || actions.size() > MAX_ACTIONS) {
      errors.add(field + " must be an array of at most " + MAX_ACTIONS + " actions");
      return;
    }
    for (int i = 0; i < actions.size(); i++) {
      String at = field + "[" + i + "]";
      if (!TYPES.contains(actions.get(i).path("type").asString(""))) {
        errors.add(at + ".type must be click, type, check, uncheck, wait, scroll or forEach");
      }
      check(at + ".actions", actions.get(i).path("actions"), errors);
    }
  }

  /** The actions in the form of the processor {@code scrape}, which checks the fields of each. */
  static ArrayNode translate(JsonNode actions) {
    ArrayNode all = JsonNodeFactory.instance.arrayNode();
    actions.forEach(action -> all.add(translateOne(action)));
    return all;
  }

  private static ObjectNode translateOne(JsonNode action) {
    String type = action.path("type").asString("");
    ObjectNode translated = renameFields(action);
    translated.put("type", type.equals("forEach") ? "for_each" : type);
    if (action.path("actions").isArray()) {
      translated.set("actions", translate(action.path("actions")));
    }
    if (action.path("pagination").isObject()) {
      translated.set("pagination", renameFields(action.path("pagination")));
    }
    if (type.equals("click") && !translated.has("selector") && translated.has("value")) {
      translated.put("selector", "text=" + translated.remove("value").asString(""));
    }
    if (type.equals("wait") && !translated.has("selector") && !translated.has("duration")) {
      translated.put("duration", DEFAULT_WAIT_MILLIS);
    }
    return translated;
  }

  private static ObjectNode renameFields(JsonNode from) {
    ObjectNode to = JsonNodeFactory.instance.objectNode();
    from.forEachEntry((name, value) -> {
      String nativeName = FIELDS.get(name);
      if (nativeName != null && !value.isNull()) {
        to.set(nativeName, value);
      }
    });
    return to;
  }
}
