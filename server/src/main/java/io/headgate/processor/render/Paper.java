package io.headgate.processor.render;

import java.util.Map;
import tools.jackson.databind.JsonNode;

/**
 * The page size, margins and title of a PDF.
 *
 * @param width in millimetres
 * @param height in millimetres
 * @param title empty to keep the title of the document
 */
record Paper(double width, double height, Margins margins, String title) {

  static final double PX_PER_MM = 96 / 25.4;

  /** In millimetres. */
  record Margins(double top, double right, double bottom, double left) {
    static final Margins NONE = new Margins(0, 0, 0, 0);

    static Margins of(JsonNode node) {
      double all = node.asDouble(0);
      return new Margins(
          node.path("top").asDouble(all),
          node.path("right").asDouble(all),
          node.path("bottom").asDouble(all),
          node.path("left").asDouble(all));
    }
  }

  private record Size(double width, double height) {}

  private static final Map<String, Size> PRESETS =
      Map.of(
          "A3", new Size(297, 420),
          "A4", new Size(210, 297),
          "A5", new Size(148, 210),
          "Letter", new Size(215.9, 279.4),
          "Legal", new Size(215.9, 355.6));

  /**
   * @param page the option {@code page}, already validated
   * @param own the size of the document in pixels, used where {@code page} has none
   */
  static Paper of(JsonNode page, Viewport own) {
    Size size = size(page, own);
    boolean turned = page.path("landscape").asBoolean(false);
    return new Paper(
        turned ? size.height() : size.width(),
        turned ? size.width() : size.height(),
        Margins.of(page.path("margins_mm")),
        page.path("title").asString(""));
  }

  private static Size size(JsonNode page, Viewport own) {
    Size preset = PRESETS.get(page.path("preset").asString("custom"));
    return preset != null
        ? preset
        : new Size(
            page.path("width_mm").asDouble(own.width() / PX_PER_MM),
            page.path("height_mm").asDouble(own.height() / PX_PER_MM));
  }

  /** True when the margins leave more than a millimetre of width and height. */
  boolean hasRoom() {
    return margins.left() + margins.right() < width - 1
        && margins.top() + margins.bottom() < height - 1;
  }
}
