package io.headgate.processor.render;

import io.headgate.processor.JsonForm;
import java.util.List;
import java.util.Optional;
import tools.jackson.databind.JsonNode;

/**
 * What a batch asks of its pictures.
 *
 * @param size what of the size is asked for
 * @param selector empty for the whole page
 * @param layouts keys, one at least
 * @param page the JSON of the option {@code page}
 */
record RenderOptions(
    Format format,
    Optional<String> template,
    Size size,
    double quality,
    String selector,
    boolean fullPage,
    List<String> layouts,
    List<WebFont> fonts,
    Backdrop backdrop,
    JsonNode page,
    Film film) {

  static final JsonForm FORM = JsonForm.resource(RenderOptions.class, "options.json");

  private static final int WIDTH = 1_200;
  private static final int HEIGHT = 630;

  /**
   * @param width 0 for the document's own
   * @param height 0 for the document's own
   */
  record Size(int width, int height, double scale) {

    Viewport viewport() {
      return over(WIDTH, HEIGHT);
    }

    /** What is asked for, the rest from what the document says of itself. */
    Viewport over(int ownWidth, int ownHeight) {
      return new Viewport(width == 0 ? ownWidth : width, height == 0 ? ownHeight : height, scale);
    }
  }

  /**
   * What is behind the page.
   *
   * @param color CSS; empty for white
   */
  record Backdrop(String color, boolean transparent) {}

  /** How much of an animation a GIF shows. */
  record Film(double seconds, int fps) {
    int frames() {
      return (int) Math.max(1, Math.round(seconds * fps));
    }
  }

  /**
   * @param options must have no violations
   */
  static RenderOptions of(JsonNode options) {
    return new RenderOptions(
        Format.of(options.path("format").asString("png")),
        Optional.of(options.path("template").asString("")).filter(id -> !id.isEmpty()),
        new Size(
            options.path("width").asInt(0),
            options.path("height").asInt(0),
            options.path("scale").asDouble(1)),
        options.path("quality").asDouble(0.9),
        options.path("selector").asString(""),
        options.path("full_page").asBoolean(false),
        layouts(options),
        options.path("fonts").valueStream().map(WebFont::of).toList(),
        new Backdrop(
            options.path("background").asString(""), options.path("transparent").asBoolean(false)),
        options.path("page"),
        new Film(options.path("duration_seconds").asDouble(3), options.path("fps").asInt(10)));
  }

  private static List<String> layouts(JsonNode options) {
    return options.has("layouts")
        ? options.path("layouts").valueStream().map(JsonNode::asString).toList()
        : List.of(options.path("layout").asString(Sheet.DEFAULT));
  }

  Paper paper(Viewport own) {
    return Paper.of(page, own);
  }
}
