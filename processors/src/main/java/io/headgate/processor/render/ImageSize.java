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

  private static final int WEBP_HEADER_BYTES = 30;

  private ImageSize() {}

  /** Width, then height, in pixels. */
  static int[] of(Path file) throws IOException {
    byte[] header;
    try (InputStream in = Files.newInputStream(file)) {
      header = in.readNBytes(WEBP_HEADER_BYTES);
    }
    return header.length == WEBP_HEADER_BYTES && header[8] == 'W' && header[9] == 'E'
        ? fromWebp(header)
        : fromImageReader(file);
  }

  private static int[] fromImageReader(Path file) throws IOException {
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
  private static int[] fromWebp(byte[] header) throws IOException {
    ByteBuffer bytes = ByteBuffer.wrap(header).order(ByteOrder.LITTLE_ENDIAN);
    return switch (header[15]) {
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
