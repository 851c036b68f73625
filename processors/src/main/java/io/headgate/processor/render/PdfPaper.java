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
record PdfPaper(double width, double height, PaperMargins margins, String title) {

  static final double PX_PER_MM = 96 / 25.4;

  /** In millimetres. */
  record PaperMargins(double top, double right, double bottom, double left) {
    static final PaperMargins NONE = new PaperMargins(0, 0, 0, 0);

    static PaperMargins of(JsonNode node) {
      double all = node.asDouble(0);
      return new PaperMargins(
          node.path("top").asDouble(all),
          node.path("right").asDouble(all),
          node.path("bottom").asDouble(all),
          node.path("left").asDouble(all));
    }
  }

  private record PresetSize(double width, double height) {}

  private static final Map<String, PresetSize> PRESETS =
      Map.of(
          "A3", new PresetSize(297, 420),
          "A4", new PresetSize(210, 297),
          "A5", new PresetSize(148, 210),
          "Letter", new PresetSize(215.9, 279.4),
          "Legal", new PresetSize(215.9, 355.6));

  /**
   * @param page the option {@code page}, already validated
   * @param documentSize the size of the document in pixels, used where {@code page} has none
   */
  static PdfPaper of(JsonNode page, Viewport documentSize) {
    PresetSize size = size(page, documentSize);
    boolean landscape = page.path("landscape").asBoolean(false);
    return new PdfPaper(
        landscape ? size.height() : size.width(),
        landscape ? size.width() : size.height(),
        PaperMargins.of(page.path("margins_mm")),
        page.path("title").asString(""));
  }

  private static PresetSize size(JsonNode page, Viewport documentSize) {
    PresetSize preset = PRESETS.get(page.path("preset").asString("custom"));
    return preset != null
        ? preset
        : new PresetSize(
            page.path("width_mm").asDouble(documentSize.width() / PX_PER_MM),
            page.path("height_mm").asDouble(documentSize.height() / PX_PER_MM));
  }

  /** True when the margins leave more than a millimetre of width and height. */
  boolean hasPrintableArea() {
    return margins.left() + margins.right() < width - 1
        && margins.top() + margins.bottom() < height - 1;
  }
}
