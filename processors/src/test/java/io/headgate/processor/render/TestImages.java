package io.headgate.processor.render;

import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import javax.imageio.ImageIO;

/** Images for test pages. */
final class TestImages {

  private TestImages() {}

  static byte[] png(String color, int width, int height) {
    BufferedImage image = new BufferedImage(width, height, BufferedImage.TYPE_INT_RGB);
    Graphics2D graphics = image.createGraphics();
    graphics.setColor(Color.decode(color));
    graphics.fillRect(0, 0, width, height);
    graphics.dispose();
    return encode(image);
  }

  /** A few kilobytes that decompress to 20 million black pixels. */
  static byte[] bomb() {
    return encode(new BufferedImage(5_000, 4_000, BufferedImage.TYPE_BYTE_BINARY));
  }

  private static byte[] encode(BufferedImage image) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    try {
      ImageIO.write(image, "png", out);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return out.toByteArray();
  }
}
