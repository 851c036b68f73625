package io.headgate.dialect.spidra;

import java.util.List;
import java.util.Set;
import tools.jackson.databind.JsonNode;

/** What a browser is told to do on a page before it is read. */
final class Actions {

  private static final Set<String> TYPES =
      Set.of("click", "type", "check", "uncheck", "wait", "scroll", "forEach");
  private static final int MOST = 50;

  private Actions() {}

  static void check(String field, JsonNode actions, List<String> errors) {
    if (actions.isMissingNode() || actions.isNull()) {
      return;
    }
    if (!actions.isArray() || actions.size() > MOST) {
      errors.add(field + " must be an array of at most " + MOST + " actions");
      return;
    }
    for (int i = 0; i < actions.size(); i++) {
      if (!TYPES.contains(actions.get(i).path("type").asString(""))) {
        errors.add(
            field
                + "["
                + i
                + "].type must be click, type, check, uncheck, wait, scroll or forEach");
      }
    }
  }
}
