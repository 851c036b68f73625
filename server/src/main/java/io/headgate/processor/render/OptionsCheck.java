package io.headgate.processor.render;

import io.headgate.batch.Violation;
import java.util.ArrayList;
import java.util.List;
import tools.jackson.databind.JsonNode;

/** Validates the options of a batch, independent of the renderer that will process it. */
final class OptionsCheck {

  private final JsonNode given;
  private final RenderOptions options;
  private final List<Violation> found = new ArrayList<>();

  private OptionsCheck(JsonNode given) {
    this.given = given;
    this.options = RenderOptions.of(given);
  }

  static List<Violation> of(JsonNode options) {
    List<Violation> byForm = RenderOptions.FORM.violations(options);
    return byForm.isEmpty() ? new OptionsCheck(options).run() : byForm;
  }

  private List<Violation> run() {
    size();
    fonts();
    page();
    onlyWith("layout", given.has("template"), "requires a template");
    onlyWith("layouts", given.has("template"), "requires a template");
    onlyWith("page", options.format() == Format.PDF, "requires the format pdf");
    onlyWith("duration_seconds", options.format() == Format.GIF, "requires the format gif");
    onlyWith("fps", options.format() == Format.GIF, "requires the format gif");
    boolean picture = options.format() != Format.PDF;
    onlyWith("selector", picture, "is not supported with the format pdf");
    onlyWith("full_page", picture, "is not supported with the format pdf");
    if (options.backdrop().transparent()) {
      onlyWith("transparent", options.format().hasAlpha(), "requires the format png or webp");
    }
    return found;
  }

  private void onlyWith(String field, boolean fits, String message) {
    if (given.has(field) && !fits) {
      found.add(new Violation(field, message));
    }
  }

  private void size() {
    Viewport size = options.size().viewport();
    options
        .objection(size.width(), size.height())
        .ifPresent(reason -> found.add(new Violation("", reason)));
  }

  private void fonts() {
    for (int i = 0; i < options.fonts().size(); i++) {
      String field = "fonts." + i;
      options
          .fonts()
          .get(i)
          .objection()
          .ifPresent(reason -> found.add(new Violation(field, reason)));
    }
  }

  private void page() {
    JsonNode page = given.path("page");
    boolean custom = page.path("preset").asString("custom").equals("custom");
    if (!custom && (page.has("width_mm") || page.has("height_mm"))) {
      found.add(new Violation("page", "allows width_mm and height_mm with the preset custom only"));
    } else if (page.isObject() && !options.paper(options.size().viewport()).hasRoom()) {
      found.add(new Violation("page.margins_mm", "leave no space on the page"));
    }
  }
}
