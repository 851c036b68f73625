package io.headgate.processor.render;

import io.headgate.processor.JsonSchemaChecker;
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
    RenderFormat format,
    Optional<PinnedTemplate> template,
    RequestedSize size,
    double quality,
    String selector,
    boolean fullPage,
    List<String> layouts,
    List<WebFont> fonts,
    PageBackground background,
    JsonNode page,
    GifAnimation animation) {

  static final JsonSchemaChecker SCHEMA =
      JsonSchemaChecker.resource(RenderOptions.class, "options.json");

  private static final int DEFAULT_WIDTH = 1_200;
  private static final int DEFAULT_HEIGHT = 630;

  /**
   * The requested size in CSS pixels.
   *
   * @param width 0 for the default of the document
   * @param height 0 for the default of the document
   */
  record RequestedSize(int width, int height, double scale) {

    Viewport viewport() {
      return withDefaults(DEFAULT_WIDTH, DEFAULT_HEIGHT);
    }

    /** The requested size, completed with the size of the document. */
    Viewport withDefaults(int defaultWidth, int defaultHeight) {
      return new Viewport(
          width == 0 ? defaultWidth : width, height == 0 ? defaultHeight : height, scale);
    }
  }

  /**
   * The background of the page.
   *
   * @param color a CSS colour; empty for white
   */
  record PageBackground(String color, boolean transparent) {}

  /** Length and frame rate of a GIF. */
  record GifAnimation(double seconds, int fps) {
    /** The limit for all frames together. */
    private static final long MAX_PIXELS = 200_000_000;

    int frames() {
      return (int) Math.max(1, Math.round(seconds * fps));
    }

    private Optional<String> sizeViolation(double pixelWidth, double pixelHeight) {
      return pixelWidth * pixelHeight * frames() <= MAX_PIXELS
          ? Optional.empty()
          : Optional.of(
              "%d frames of %.0f × %.0f pixels are too large; the limit is %d pixels in total"
                  .formatted(frames(), pixelWidth, pixelHeight, MAX_PIXELS));
    }
  }

  /**
   * @param options already validated
   */
  static RenderOptions of(JsonNode options) {
    return new RenderOptions(
        RenderFormat.of(options.path("format").asString("png")),
        PinnedTemplate.of(options.path("template")),
        new RequestedSize(
            options.path("width").asInt(0),
            options.path("height").asInt(0),
            options.path("scale").asDouble(1)),
        options.path("quality").asDouble(0.9),
        options.path("selector").asString(""),
        options.path("full_page").asBoolean(false),
        layouts(options),
        options.path("fonts").valueStream().map(WebFont::of).toList(),
        new PageBackground(
            options.path("background").asString(""), options.path("transparent").asBoolean(false)),
        options.path("page"),
        new GifAnimation(
            options.path("duration_seconds").asDouble(3), options.path("fps").asInt(10)));
  }

  private static List<String> layouts(JsonNode options) {
    return options.has("layouts")
        ? options.path("layouts").valueStream().map(JsonNode::asString).toList()
        : List.of(options.path("layout").asString(RenderJob.DEFAULT_LAYOUT));
  }

  /** Why an image of this size in CSS pixels is refused; empty when it is allowed. */
  Optional<String> sizeViolation(double width, double height) {
    Optional<String> tooLarge = Viewport.sizeViolation(width, height, size.scale());
    double pixelWidth = width * size.scale();
    double pixelHeight = height * size.scale();
    return tooLarge.isPresent() || format != RenderFormat.GIF
        ? tooLarge
        : animation.sizeViolation(pixelWidth, pixelHeight);
  }

  PdfPaper paper(Viewport documentSize) {
    return PdfPaper.of(page, documentSize);
  }
}
