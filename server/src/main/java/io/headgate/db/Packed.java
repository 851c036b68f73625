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
 * A long text in fewer bytes (docs/decisions/0016): in a table it has three columns, {@code x} for
 * what is short, else {@code x_packed} and {@code x_bytes}.
 */
final class Packed {

  /** PostgreSQL does not try to compress what is shorter either. */
  static final int LONG = 2_048;

  // Without native code and without Unsafe: nothing to unpack into a temporary folder.
  private static final LZ4Compressor PACKER = LZ4Factory.safeInstance().fastCompressor();
  private static final LZ4SafeDecompressor UNPACKER = LZ4Factory.safeInstance().safeDecompressor();

  private final byte[] block;
  private final int length;

  private Packed(byte[] block, int length) {
    this.block = block;
    this.length = length;
  }

  /** A block of LZ4, over the UTF-8 of the text. */
  byte[] block() {
    return block;
  }

  /** Of the UTF-8, in bytes. */
  int length() {
    return length;
  }

  /** Empty when {@code utf8} is short, or would not become shorter. */
  static Optional<Packed> of(byte[] utf8) {
    if (utf8.length < LONG) {
      return Optional.empty();
    }
    byte[] room = new byte[PACKER.maxCompressedLength(utf8.length)];
    int length = PACKER.compress(utf8, 0, utf8.length, room, 0, room.length);
    return length < utf8.length
        ? Optional.of(new Packed(Arrays.copyOf(room, length), utf8.length))
        : Optional.empty();
  }

  /**
   * The text, whichever way it is stored; null when there is none.
   *
   * @param column its name without an ending; all three must have been selected
   */
  static @Nullable String read(ResultSet row, String column) throws SQLException {
    byte[] block = row.getBytes(column + "_packed");
    return block == null
        ? row.getString(column)
        : new Packed(block, row.getInt(column + "_bytes")).text();
  }

  private String text() {
    byte[] utf8 = new byte[length];
    UNPACKER.decompress(block, 0, block.length, utf8, 0, length);
    return new String(utf8, StandardCharsets.UTF_8);
  }
}
