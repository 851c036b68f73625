package io.headgate.processor.render;

import java.util.Optional;

/**
 * How large a picture is.
 *
 * @param width of the page, in CSS pixels
 * @param height of the page, in CSS pixels
 * @param scale pixels of the picture for one of the page
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

  /** Why a picture of that size is not made; empty when it may be. */
  static Optional<String> objection(double width, double height, double scale) {
    double wide = width * scale;
    double high = height * scale;
    if (wide > MAX_SIDE || high > MAX_SIDE || wide * high > MAX_PIXELS) {
      return Optional.of(
          "a picture of %.0f × %.0f pixels is too large: at most %d on a side and %d in all"
              .formatted(wide, high, MAX_SIDE, MAX_PIXELS));
    }
    return Optional.empty();
  }
}
