package io.headgate.processor.render;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Iterator;
import javax.imageio.ImageIO;
import javax.imageio.ImageReader;
import javax.imageio.stream.ImageInputStream;

/** Reads width and height of an image from the header of its file. */
final class ImageSize {

  private static final int WEBP_HEAD = 30;

  private ImageSize() {}

  /** Width, then height, in pixels. */
  static int[] of(Path file) throws IOException {
    byte[] head;
    try (InputStream in = Files.newInputStream(file)) {
      head = in.readNBytes(WEBP_HEAD);
    }
    return head.length == WEBP_HEAD && head[8] == 'W' && head[9] == 'E' ? webp(head) : known(file);
  }

  private static int[] known(Path file) throws IOException {
    try (ImageInputStream in = ImageIO.createImageInputStream(file.toFile())) {
      Iterator<ImageReader> readers = ImageIO.getImageReaders(in);
      if (!readers.hasNext()) {
        throw new IOException("unknown image format");
      }
      ImageReader reader = readers.next();
      try {
        reader.setInput(in, true, true);
        return new int[] {reader.getWidth(0), reader.getHeight(0)};
      } finally {
        reader.dispose();
      }
    }
  }

  /** RFC 9649: a lossy frame, a lossless frame, or an extended header before either. */
  private static int[] webp(byte[] head) throws IOException {
    ByteBuffer bytes = ByteBuffer.wrap(head).order(ByteOrder.LITTLE_ENDIAN);
    return switch (head[15]) {
      case ' ' -> new int[] {bytes.getShort(26) & 0x3fff, bytes.getShort(28) & 0x3fff};
      case 'L' -> {
        int bits = bytes.getInt(21);
        yield new int[] {(bits & 0x3fff) + 1, (bits >> 14 & 0x3fff) + 1};
      }
      case 'X' ->
          new int[] {(bytes.getInt(24) & 0xffffff) + 1, (bytes.getInt(26) >>> 8 & 0xffffff) + 1};
      default -> throw new IOException("unknown WebP chunk");
    };
  }
}
