package io.headgate.processor.render;

import java.util.Locale;

/** The file formats that render produces. */
enum RenderFormat {
  PNG("image/png", "png"),
  JPEG("image/jpeg", "jpg"),
  WEBP("image/webp", "webp"),
  PDF("application/pdf", "pdf"),
  GIF("image/gif", "gif");

  private final String mediaType;
  private final String extension;

  RenderFormat(String mediaType, String extension) {
    this.mediaType = mediaType;
    this.extension = extension;
  }

  static RenderFormat of(String id) {
    return valueOf(id.toUpperCase(Locale.ROOT));
  }

  String id() {
    return name().toLowerCase(Locale.ROOT);
  }

  String mediaType() {
    return mediaType;
  }

  String extension() {
    return extension;
  }

  /** True for formats with transparency that render supports. */
  boolean hasAlpha() {
    return this == PNG || this == WEBP;
  }
}
