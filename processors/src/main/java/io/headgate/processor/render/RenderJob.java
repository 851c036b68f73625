package io.headgate.processor.render;

/**
 * One document to render: a layout of a template with its variables, the HTML of an item, or a web
 * page.
 *
 * @param layout the key of the layout
 * @param displayName the display name of the layout
 */
record RenderJob(String layout, String displayName, RenderSource content, Viewport viewport) {

  static final String DEFAULT_LAYOUT = "default";

  /** What is rendered. */
  sealed interface RenderSource {
    record InlineHtml(String text) implements RenderSource {}

    record PageUrl(String url) implements RenderSource {}
  }
}
