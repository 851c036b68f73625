package io.headgate.processor.render;

import java.util.Locale;

/** The file formats that render produces. */
enum Format {
  PNG("image/png", "png"),
  JPEG("image/jpeg", "jpg"),
  WEBP("image/webp", "webp"),
  PDF("application/pdf", "pdf"),
  GIF("image/gif", "gif");

  private final String mediaType;
  private final String extension;

  Format(String mediaType, String extension) {
    this.mediaType = mediaType;
    this.extension = extension;
  }

  static Format of(String word) {
    return valueOf(word.toUpperCase(Locale.ROOT));
  }

  String word() {
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
