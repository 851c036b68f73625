package io.headgate.dialect.pictify;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.headgate.template.Layout;
import org.jspecify.annotations.Nullable;

/** A layout of a template, in requests and responses. */
@JsonInclude(JsonInclude.Include.NON_NULL)
record PictifyLayout(
    @Nullable String name,
    @Nullable Integer width,
    @Nullable Integer height,
    @Nullable String html) {

  static PictifyLayout of(Layout layout) {
    return new PictifyLayout(layout.name(), layout.width(), layout.height(), layout.html());
  }

  Layout toLayout(String key, int defaultWidth, int defaultHeight) {
    return new Layout(
        name == null ? key : name,
        width == null ? defaultWidth : width,
        height == null ? defaultHeight : height,
        html);
  }
}
