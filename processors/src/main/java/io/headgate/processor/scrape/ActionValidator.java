package io.headgate.processor.scrape;

import io.headgate.batch.Violation;
import io.headgate.processor.JsonSchemaChecker;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import tools.jackson.databind.JsonNode;

/** Validates submitted actions: their schema, and the fields that each type allows and needs. */
final class ActionValidator {

  private static final JsonSchemaChecker FORM =
      JsonSchemaChecker.resource(ActionValidator.class, "actions.json");
  private static final Map<String, Set<String>> FIELDS =
      Map.of(
          "click", Set.of("selector"),
          "type", Set.of("selector", "value"),
          "check", Set.of("selector"),
          "uncheck", Set.of("selector"),
          "wait", Set.of("selector", "duration"),
          "scroll", Set.of("to"),
          "for_each",
              Set.of(
                  "observe",
                  "mode",
                  "capture_selector",
                  "max_items",
                  "wait_after_click",
                  "item_prompt",
                  "actions",
                  "pagination"));
  private static final Map<String, Set<String>> REQUIRED =
      Map.of(
          "click", Set.of("selector"),
          "type", Set.of("selector", "value"),
          "check", Set.of("selector"),
          "uncheck", Set.of("selector"),
          "for_each", Set.of("observe"));

  private ActionValidator() {}

  /**
   * Returns the violations of the actions.
   *
   * @param actions a missing node is valid
   */
  static List<Violation> check(JsonNode actions) {
    if (actions.isMissingNode()) {
      return List.of();
    }
    List<Violation> found = new ArrayList<>();
    for (Violation violation : FORM.violations(actions)) {
      String field = violation.field().isEmpty() ? "actions" : "actions." + violation.field();
      found.add(violation.at(field));
    }
    if (found.isEmpty()) {
      checkEach(actions, "actions", found);
    }
    return found;
  }

  private static void checkEach(JsonNode actions, String path, List<Violation> found) {
    for (int i = 0; i < actions.size(); i++) {
      checkOne(actions.get(i), path + "." + i, found);
    }
  }

  private static void checkOne(JsonNode action, String path, List<Violation> found) {
    String type = action.path("type").asString();
    for (String name : action.propertyNames()) {
      if (!name.equals("type") && !FIELDS.getOrDefault(type, Set.of()).contains(name)) {
        found.add(new Violation(path + "." + name, "is not a field of " + type));
      }
    }
    for (String name : REQUIRED.getOrDefault(type, Set.of())) {
      if (!action.has(name)) {
        found.add(new Violation(path + "." + name, "is required for " + type));
      }
    }
    if (type.equals("wait") && action.has("selector") == action.has("duration")) {
      found.add(new Violation(path, "must have either duration or selector"));
    }
    checkNested(action.path("actions"), path + ".actions", found);
  }

  /** Rejects nested for_each actions, because they could multiply to millions of clicks. */
  private static void checkNested(JsonNode actions, String path, List<Violation> found) {
    checkEach(actions, path, found);
    for (int i = 0; i < actions.size(); i++) {
      if (actions.get(i).path("type").asString().equals("for_each")) {
        found.add(new Violation(path + "." + i, "must not be a for_each inside another for_each"));
      }
    }
  }
}
