package io.headgate.processor.render;

import io.headgate.processor.JsonForm;
import java.util.List;
import java.util.Optional;
import tools.jackson.databind.JsonNode;

/**
 * The options of a batch, parsed.
 *
 * @param size the requested size
 * @param selector empty for the whole page
 * @param layouts keys of layouts, at least one
 * @param page the option {@code page} as JSON
 */
record RenderOptions(
    Format format,
    Optional<PinnedTemplate> template,
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
   * The requested size in CSS pixels.
   *
   * @param width 0 for the default of the document
   * @param height 0 for the default of the document
   */
  record Size(int width, int height, double scale) {

    Viewport viewport() {
      return over(WIDTH, HEIGHT);
    }

    /** The requested size, completed with the size of the document. */
    Viewport over(int ownWidth, int ownHeight) {
      return new Viewport(width == 0 ? ownWidth : width, height == 0 ? ownHeight : height, scale);
    }
  }

  /**
   * The background of the page.
   *
   * @param color a CSS colour; empty for white
   */
  record Backdrop(String color, boolean transparent) {}

  /** Length and frame rate of a GIF. */
  record Film(double seconds, int fps) {
    /** The limit for all frames together. */
    private static final long MAX_PIXELS = 200_000_000;

    int frames() {
      return (int) Math.max(1, Math.round(seconds * fps));
    }

    private Optional<String> objection(double wide, double high) {
      return wide * high * frames() <= MAX_PIXELS
          ? Optional.empty()
          : Optional.of(
              "%d frames of %.0f × %.0f pixels are too large; the limit is %d pixels in total"
                  .formatted(frames(), wide, high, MAX_PIXELS));
    }
  }

  /**
   * @param options already validated
   */
  static RenderOptions of(JsonNode options) {
    return new RenderOptions(
        Format.of(options.path("format").asString("png")),
        PinnedTemplate.of(options.path("template")),
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

  /** Why an image of this size in CSS pixels is refused; empty when it is allowed. */
  Optional<String> objection(double width, double height) {
    Optional<String> tooLarge = Viewport.objection(width, height, size.scale());
    double wide = width * size.scale();
    double high = height * size.scale();
    return tooLarge.isPresent() || format != Format.GIF ? tooLarge : film.objection(wide, high);
  }

  Paper paper(Viewport own) {
    return Paper.of(page, own);
  }
}
