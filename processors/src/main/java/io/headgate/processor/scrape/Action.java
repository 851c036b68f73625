package io.headgate.processor.scrape;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import tools.jackson.databind.JsonNode;

/** An interaction with a page in a browser, from the option {@code actions}. */
sealed interface Action {

  record Click(String selector) implements Action {}

  record Type(String selector, String value) implements Action {}

  record Check(String selector, boolean on) implements Action {}

  record Wait(Duration time) implements Action {}

  record WaitFor(String selector) implements Action {}

  /**
   * @param to {@code top}, {@code bottom}, a percentage of the page's height, or a selector
   */
  record Scroll(String to) implements Action {}

  /**
   * Captures a piece of the page for each element that a selector matches.
   *
   * @param observe selector of the elements
   * @param capture selector of the part to capture; empty for the element itself (mode inline) or
   *     the whole page
   * @param actions actions to run before each capture
   */
  record ForEach(
      String observe,
      ForEachMode mode,
      String capture,
      int maxItems,
      Duration waitAfterClick,
      List<Action> actions,
      Optional<Pagination> pagination)
      implements Action {}

  enum ForEachMode {
    /** Captures the element itself. */
    INLINE,
    /** Clicks the element and captures what appears. */
    CLICK,
    /** Follows the link of the element. */
    NAVIGATE
  }

  record Pagination(String nextSelector, int maxPages) {}

  /** The name in options and error messages. */
  default String typeName() {
    return switch (this) {
      case Click _ -> "click";
      case Type _ -> "type";
      case Check check -> check.on() ? "check" : "uncheck";
      case Wait _, WaitFor _ -> "wait";
      case Scroll _ -> "scroll";
      case ForEach _ -> "for_each";
    };
  }

  /**
   * Reads actions.
   *
   * @param actions an array that {@link ActionValidator} accepted; or a missing node for no actions
   */
  static List<Action> parseAll(JsonNode actions) {
    return actions.valueStream().map(Action::of).toList();
  }

  private static Action of(JsonNode node) {
    String selector = node.path("selector").asString("");
    return switch (node.path("type").asString()) {
      case "click" -> new Click(selector);
      case "type" -> new Type(selector, node.path("value").asString(""));
      case "check" -> new Check(selector, true);
      case "uncheck" -> new Check(selector, false);
      case "wait" ->
          selector.isEmpty()
              ? new Wait(Duration.ofMillis(node.path("duration").asLong(1_000)))
              : new WaitFor(selector);
      case "scroll" -> new Scroll(node.path("to").asString("bottom"));
      case "for_each" -> forEach(node);
      default ->
          throw new IllegalArgumentException(
              "unknown action type: " + node.path("type").asString());
    };
  }

  private static ForEach forEach(JsonNode node) {
    JsonNode pagination = node.path("pagination");
    return new ForEach(
        node.path("observe").asString(),
        ForEachMode.valueOf(
            node.path("mode").asString("inline").toUpperCase(java.util.Locale.ROOT)),
        node.path("capture_selector").asString(""),
        node.path("max_items").asInt(50),
        Duration.ofMillis(node.path("wait_after_click").asLong(500)),
        parseAll(node.path("actions")),
        pagination.isObject()
            ? Optional.of(
                new Pagination(
                    pagination.path("next_selector").asString(),
                    pagination.path("max_pages").asInt(10)))
            : Optional.empty());
  }
}
