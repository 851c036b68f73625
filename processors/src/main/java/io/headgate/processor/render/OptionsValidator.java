package io.headgate.processor.render;

import io.headgate.batch.Violation;
import java.util.ArrayList;
import java.util.List;
import tools.jackson.databind.JsonNode;

/** Validates the options of a batch, independent of the renderer that will process it. */
final class OptionsValidator {

  private final JsonNode json;
  private final RenderOptions options;
  private final List<Violation> violations = new ArrayList<>();

  private OptionsValidator(JsonNode json) {
    this.json = json;
    this.options = RenderOptions.of(json);
  }

  static List<Violation> violations(JsonNode options) {
    List<Violation> schemaViolations = RenderOptions.SCHEMA.violations(options);
    return schemaViolations.isEmpty() ? new OptionsValidator(options).validate() : schemaViolations;
  }

  private List<Violation> validate() {
    checkSize();
    checkFonts();
    checkPage();
    requireApplicable("layout", json.has("template"), "requires a template");
    requireApplicable("layouts", json.has("template"), "requires a template");
    requireApplicable("page", options.format() == RenderFormat.PDF, "requires the format pdf");
    requireApplicable(
        "duration_seconds", options.format() == RenderFormat.GIF, "requires the format gif");
    requireApplicable("fps", options.format() == RenderFormat.GIF, "requires the format gif");
    boolean image = options.format() != RenderFormat.PDF;
    requireApplicable("selector", image, "is not supported with the format pdf");
    requireApplicable("full_page", image, "is not supported with the format pdf");
    if (options.background().transparent()) {
      requireApplicable(
          "transparent", options.format().hasAlpha(), "requires the format png or webp");
    }
    return violations;
  }

  private void requireApplicable(String field, boolean applicable, String message) {
    if (json.has(field) && !applicable) {
      violations.add(new Violation(field, message));
    }
  }

  private void checkSize() {
    Viewport size = options.size().viewport();
    options
        .sizeViolation(size.width(), size.height())
        .ifPresent(reason -> violations.add(new Violation("", reason)));
  }

  private void checkFonts() {
    for (int i = 0; i < options.fonts().size(); i++) {
      String field = "fonts." + i;
      options
          .fonts()
          .get(i)
          .violation()
          .ifPresent(reason -> violations.add(new Violation(field, reason)));
    }
  }

  private void checkPage() {
    JsonNode page = json.path("page");
    boolean custom = page.path("preset").asString("custom").equals("custom");
    if (!custom && (page.has("width_mm") || page.has("height_mm"))) {
      violations.add(
          new Violation("page", "allows width_mm and height_mm with the preset custom only"));
    } else if (page.isObject() && !options.paper(options.size().viewport()).hasPrintableArea()) {
      violations.add(new Violation("page.margins_mm", "leave no space on the page"));
    }
  }
}
