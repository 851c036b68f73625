package io.headgate.processor.render;

/**
 * One document to render: a layout of a template with its variables, the HTML of an item, or a web
 * page.
 *
 * @param layout the key of the layout
 * @param name the display name of the layout
 */
record Sheet(String layout, String name, Content content, Viewport viewport) {

  static final String DEFAULT = "default";

  /** What is rendered. */
  sealed interface Content {
    record Html(String text) implements Content {}

    record Address(String url) implements Content {}
  }
}
