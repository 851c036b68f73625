package io.headgate.processor.render;

import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Locale;
import javax.imageio.ImageIO;

/** A rendered image, for assertions on its pixels. */
record PixelImage(BufferedImage image) {

  static PixelImage of(byte[] bytes) {
    try {
      return new PixelImage(ImageIO.read(new ByteArrayInputStream(bytes)));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  String size() {
    return image.getWidth() + "x" + image.getHeight();
  }

  /** The colour of a pixel, as {@code #rrggbb}. */
  String color(int x, int y) {
    return String.format(Locale.ROOT, "#%06x", image.getRGB(x, y) & 0xffffff);
  }

  int alpha(int x, int y) {
    return image.getRGB(x, y) >>> 24;
  }

  /** True when the colour differs from {@code #rrggbb} by no more than a lossy format does. */
  boolean isNear(int x, int y, String color) {
    int actual = image.getRGB(x, y);
    int expected = Integer.parseInt(color.substring(1), 16);
    return near(actual >> 16, expected >> 16)
        && near(actual >> 8, expected >> 8)
        && near(actual, expected);
  }

  private static boolean near(int one, int other) {
    return Math.abs((one & 0xff) - (other & 0xff)) <= 12;
  }

  /** The share of dark pixels in a box, to detect text on white. */
  double darkShare(int left, int top, int width, int height) {
    int dark = 0;
    for (int y = top; y < top + height; y++) {
      for (int x = left; x < left + width; x++) {
        int rgb = image.getRGB(x, y);
        int sum = (rgb >> 16 & 0xff) + (rgb >> 8 & 0xff) + (rgb & 0xff);
        dark += sum < 384 ? 1 : 0;
      }
    }
    return (double) dark / (width * height);
  }
}
