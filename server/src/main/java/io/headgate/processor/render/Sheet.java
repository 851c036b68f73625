package io.headgate.processor.render;

/**
 * One thing to draw: a layout of a template filled in, the HTML of an item, or a page.
 *
 * @param layout its key
 * @param name its name for people
 */
record Sheet(String layout, String name, Content content, Viewport viewport) {

  static final String DEFAULT = "default";

  /** Where what is drawn comes from. */
  sealed interface Content {
    record Html(String text) implements Content {}

    record Address(String url) implements Content {}
  }
}
