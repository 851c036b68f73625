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

  static final int MAX_PIXELS_PER_SIDE = 16_384;
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
  static Optional<String> sizeViolation(double width, double height, double scale) {
    double pixelsWide = width * scale;
    double pixelsHigh = height * scale;
    if (pixelsWide > MAX_PIXELS_PER_SIDE
        || pixelsHigh > MAX_PIXELS_PER_SIDE
        || pixelsWide * pixelsHigh > MAX_PIXELS) {
      return Optional.of(
          "an image of %.0f × %.0f pixels is too large; the limits are %d per side and %d in total"
              .formatted(pixelsWide, pixelsHigh, MAX_PIXELS_PER_SIDE, MAX_PIXELS));
    }
    return Optional.empty();
  }
}
