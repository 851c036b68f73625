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
record BrowserOptions(
    ScrapeMode mode,
    List<Action> actions,
    boolean screenshot,
    boolean fullPage,
    String waitFor,
    boolean proxy) {

  private static final List<String> BROWSER_ONLY =
      List.of("actions", "screenshot", "full_page_screenshot", "wait_for");

  enum ScrapeMode {
    FAST,
    BROWSER,
    /** Uses a browser if the node has one. */
    AUTO
  }

  /** Reads the options. The actions of an item replace those of its batch. */
  static BrowserOptions of(JsonNode options, JsonNode input) {
    boolean fullPage = options.path("full_page_screenshot").asBoolean(false);
    JsonNode actions = input.has("actions") ? input.path("actions") : options.path("actions");
    return new BrowserOptions(
        mode(options, input),
        Action.parseAll(actions),
        fullPage || options.path("screenshot").asBoolean(false),
        fullPage,
        options.path("wait_for").asString(""),
        options.path("proxy").asBoolean(false));
  }

  /** The configured mode; by default browser if an option needs one, else fast. */
  private static ScrapeMode mode(JsonNode options, JsonNode input) {
    boolean needsBrowser = needsBrowser(options) || input.has("actions");
    ScrapeMode configured =
        ScrapeMode.valueOf(
            options
                .path("mode")
                .asString(needsBrowser ? "browser" : "fast")
                .toUpperCase(Locale.ROOT));
    return needsBrowser && configured == ScrapeMode.AUTO ? ScrapeMode.BROWSER : configured;
  }

  private static boolean needsBrowser(JsonNode options) {
    return BROWSER_ONLY.stream().map(options::path).anyMatch(BrowserOptions::isSet);
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
  boolean usesBrowser(Supplier<List<String>> missing) {
    return switch (mode) {
      case FAST -> false;
      case BROWSER -> true;
      case AUTO -> missing.get().isEmpty();
    };
  }

  static List<Violation> check(JsonNode options, List<String> missing) {
    List<Violation> found = new ArrayList<>();
    ScrapeMode mode = mode(options, JsonNodeFactory.instance.objectNode());
    if (mode == ScrapeMode.FAST) {
      BROWSER_ONLY.stream()
          .filter(name -> isSet(options.path(name)))
          .forEach(name -> found.add(new Violation(name, "requires mode browser")));
    }
    if (mode == ScrapeMode.BROWSER && !missing.isEmpty()) {
      String missingParts = String.join(", ", missing);
      found.add(
          new Violation(
              "mode", "browser is not available on this server; missing: " + missingParts));
    }
    found.addAll(ActionValidator.check(options.path("actions")));
    return found;
  }

  /** Returns the violations of the actions of an item. */
  static List<Violation> checkInput(JsonNode input, JsonNode options) {
    if (!input.has("actions")) {
      return List.of();
    }
    return options.path("mode").asString("browser").equals("fast")
        ? List.of(new Violation("actions", "require mode browser"))
        : ActionValidator.check(input.path("actions"));
  }
}
