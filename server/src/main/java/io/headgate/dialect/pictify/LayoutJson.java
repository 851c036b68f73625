package io.headgate.dialect.pictify;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.headgate.template.Layout;
import org.jspecify.annotations.Nullable;

/** A layout of a template, in requests and responses. */
@JsonInclude(JsonInclude.Include.NON_NULL)
record LayoutJson(
    @Nullable String name,
    @Nullable Integer width,
    @Nullable Integer height,
    @Nullable String html) {

  static LayoutJson of(Layout layout) {
    return new LayoutJson(layout.name(), layout.width(), layout.height(), layout.html());
  }

  Layout layout(String key, int usualWidth, int usualHeight) {
    return new Layout(
        name == null ? key : name,
        width == null ? usualWidth : width,
        height == null ? usualHeight : height,
        html);
  }
}
