package io.headgate.processor.scrape;

import io.headgate.batch.Violation;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.Supplier;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;

/**
 * The browser options of an item: those of its batch, with the item's own actions.
 *
 * @param waitFor selector that must match before the actions run; empty for none
 */
record BrowserWish(
    Mode mode,
    List<Action> actions,
    boolean screenshot,
    boolean fullPage,
    String waitFor,
    boolean proxy) {

  private static final List<String> ONLY_HERE =
      List.of("actions", "screenshot", "full_page_screenshot", "wait_for");

  enum Mode {
    FAST,
    BROWSER,
    /** Uses a browser if the node has one. */
    AUTO
  }

  /** Reads the options. The actions of an item replace those of its batch. */
  static BrowserWish of(JsonNode options, JsonNode input) {
    boolean fullPage = options.path("full_page_screenshot").asBoolean(false);
    JsonNode actions = input.has("actions") ? input.path("actions") : options.path("actions");
    return new BrowserWish(
        mode(options, input),
        Action.all(actions),
        fullPage || options.path("screenshot").asBoolean(false),
        fullPage,
        options.path("wait_for").asString(""),
        options.path("proxy").asBoolean(false));
  }

  /** The configured mode; by default browser if an option needs one, else fast. */
  private static Mode mode(JsonNode options, JsonNode input) {
    boolean needed = needed(options) || input.has("actions");
    Mode named =
        Mode.valueOf(
            options.path("mode").asString(needed ? "browser" : "fast").toUpperCase(Locale.ROOT));
    return needed && named == Mode.AUTO ? Mode.BROWSER : named;
  }

  private static boolean needed(JsonNode options) {
    return ONLY_HERE.stream().map(options::path).anyMatch(BrowserWish::isSet);
  }

  private static boolean isSet(JsonNode value) {
    return !value.isMissingNode() && !(value.isBoolean() && !value.asBoolean());
  }

  /**
   * True if the item must run in a browser, even if the node lacks one and the item therefore
   * fails.
   *
   * @param missing what the node lacks; called only if needed, because it searches the file system
   */
  boolean wantsBrowser(Supplier<List<String>> missing) {
    return switch (mode) {
      case FAST -> false;
      case BROWSER -> true;
      case AUTO -> missing.get().isEmpty();
    };
  }

  static List<Violation> check(JsonNode options, List<String> missing) {
    List<Violation> found = new ArrayList<>();
    Mode mode = mode(options, JsonNodeFactory.instance.objectNode());
    if (mode == Mode.FAST) {
      ONLY_HERE.stream()
          .filter(name -> isSet(options.path(name)))
          .forEach(name -> found.add(new Violation(name, "requires mode browser")));
    }
    if (mode == Mode.BROWSER && !missing.isEmpty()) {
      String lack = String.join(", ", missing);
      found.add(new Violation("mode", "browser is not available on this server; missing: " + lack));
    }
    found.addAll(ActionCheck.check(options.path("actions")));
    return found;
  }

  /** Returns the violations of the actions of an item. */
  static List<Violation> checkInput(JsonNode input, JsonNode options) {
    if (!input.has("actions")) {
      return List.of();
    }
    return options.path("mode").asString("browser").equals("fast")
        ? List.of(new Violation("actions", "require mode browser"))
        : ActionCheck.check(input.path("actions"));
  }
}
