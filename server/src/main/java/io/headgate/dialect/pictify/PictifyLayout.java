package io.headgate.dialect.pictify;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.headgate.template.TemplateLayout;
import org.jspecify.annotations.Nullable;

/** A layout of a template, in requests and responses. */
@JsonInclude(JsonInclude.Include.NON_NULL)
record PictifyLayout(
    @Nullable String name,
    @Nullable Integer width,
    @Nullable Integer height,
    @Nullable String html) {

  static PictifyLayout of(TemplateLayout layout) {
    return new PictifyLayout(layout.name(), layout.width(), layout.height(), layout.html());
  }

  TemplateLayout toLayout(String key, int defaultWidth, int defaultHeight) {
    return new TemplateLayout(
        name == null ? key : name,
        width == null ? defaultWidth : width,
        height == null ? defaultHeight : height,
        html);
  }
}
