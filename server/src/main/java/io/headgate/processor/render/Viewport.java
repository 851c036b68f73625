package io.headgate.processor.render;

import java.util.Optional;

/**
 * The size of a page and of its image.
 *
 * @param width of the page, in CSS pixels
 * @param height of the page, in CSS pixels
 * @param scale pixels of the image per CSS pixel
 */
record Viewport(int width, int height, double scale) {

  static final int MAX_SIDE = 16_384;
  static final long MAX_PIXELS = 50_000_000;

  int pixelWidth() {
    return (int) Math.round(width * scale);
  }

  int pixelHeight() {
    return (int) Math.round(height * scale);
  }

  long pixels() {
    return (long) pixelWidth() * pixelHeight();
  }

  /** Why an image of this size is refused; empty when it is allowed. */
  static Optional<String> objection(double width, double height, double scale) {
    double wide = width * scale;
    double high = height * scale;
    if (wide > MAX_SIDE || high > MAX_SIDE || wide * high > MAX_PIXELS) {
      return Optional.of(
          "an image of %.0f × %.0f pixels is too large; the limits are %d per side and %d in total"
              .formatted(wide, high, MAX_SIDE, MAX_PIXELS));
    }
    return Optional.empty();
  }
}
