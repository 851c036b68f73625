package io.headgate.api.template;

import io.headgate.http.InvalidInputException;
import io.headgate.template.TemplateLayout;
import org.jspecify.annotations.Nullable;

/** A layout of a template as JSON, in requests and responses. */
record LayoutJson(
    @Nullable String name,
    @Nullable Integer width,
    @Nullable Integer height,
    @Nullable String html) {

  LayoutJson {
    if (width == null) {
      throw InvalidInputException.missing("width");
    }
    if (height == null) {
      throw InvalidInputException.missing("height");
    }
  }

  static LayoutJson of(TemplateLayout layout) {
    return new LayoutJson(layout.name(), layout.width(), layout.height(), layout.html());
  }

  /**
   * @param key the name of a layout that has none
   */
  TemplateLayout layout(String key) {
    return new TemplateLayout(
        name == null ? key : name, width == null ? 0 : width, height == null ? 0 : height, html);
  }
}
