package io.headgate.db;

import java.nio.charset.StandardCharsets;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Arrays;
import java.util.Optional;
import net.jpountz.lz4.LZ4Compressor;
import net.jpountz.lz4.LZ4Factory;
import net.jpountz.lz4.LZ4SafeDecompressor;
import org.jspecify.annotations.Nullable;

/**
 * A long text, compressed (docs/decisions/0016). It has three columns in a table: {@code x} for
 * short texts, else {@code x_compressed} and {@code x_bytes}.
 */
final class CompressedText {

  /** PostgreSQL does not compress shorter texts either. */
  static final int MIN_BYTES = 2_048;

  // The pure Java version: the native one unpacks a library into a temporary folder.
  private static final LZ4Compressor COMPRESSOR = LZ4Factory.safeInstance().fastCompressor();
  private static final LZ4SafeDecompressor DECOMPRESSOR =
      LZ4Factory.safeInstance().safeDecompressor();

  private final byte[] block;
  private final int length;

  private CompressedText(byte[] block, int length) {
    this.block = block;
    this.length = length;
  }

  /** The UTF-8 of the text as one LZ4 block. */
  byte[] block() {
    return block;
  }

  /** Length of the UTF-8 in bytes. */
  int length() {
    return length;
  }

  /** Compresses {@code utf8}; empty when it is short or would not become shorter. */
  static Optional<CompressedText> of(byte[] utf8) {
    if (utf8.length < MIN_BYTES) {
      return Optional.empty();
    }
    byte[] buffer = new byte[COMPRESSOR.maxCompressedLength(utf8.length)];
    int length = COMPRESSOR.compress(utf8, 0, utf8.length, buffer, 0, buffer.length);
    return length < utf8.length
        ? Optional.of(new CompressedText(Arrays.copyOf(buffer, length), utf8.length))
        : Optional.empty();
  }

  /**
   * Reads the text, compressed or not; null when there is none.
   *
   * @param column its name without a suffix; the query must select all three columns
   */
  static @Nullable String read(ResultSet row, String column) throws SQLException {
    byte[] block = row.getBytes(column + "_compressed");
    return block == null
        ? row.getString(column)
        : new CompressedText(block, row.getInt(column + "_bytes")).text();
  }

  private String text() {
    byte[] utf8 = new byte[length];
    DECOMPRESSOR.decompress(block, 0, block.length, utf8, 0, length);
    return new String(utf8, StandardCharsets.UTF_8);
  }
}
