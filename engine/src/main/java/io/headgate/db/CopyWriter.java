package io.headgate.db;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.sql.SQLException;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Optional;
import java.util.UUID;
import org.jdbi.v3.core.statement.StatementException;
import org.jspecify.annotations.Nullable;
import org.postgresql.copy.CopyIn;

/**
 * Writes rows into a table in PostgreSQL's binary COPY format: {@link #row} begins a row, then each
 * of its columns follows in the order of the statement. Rows are streamed in blocks; neither side
 * holds all of them, so long values cost little.
 *
 * <p>Not thread-safe.
 */
public final class CopyWriter {

  private static final byte[] HEADER =
      ByteBuffer.allocate(19)
          .put("PGCOPY\n\u00ff\r\n\0".getBytes(StandardCharsets.ISO_8859_1))
          .array();

  private static final byte[] TRAILER = {-1, -1};

  private static final int FLUSH_BYTES = 65_536;
  private static final Instant EPOCH = Instant.parse("2000-01-01T00:00:00Z");

  private final CopyIn copy;
  private ByteBuffer bytes = ByteBuffer.allocate(2 * FLUSH_BYTES).put(HEADER);

  CopyWriter(CopyIn copy) {
    this.copy = copy;
  }

  /** Sends the header of a copy, for callers that encode their rows themselves. */
  public static void begin(CopyIn copy) throws SQLException {
    copy.writeToCopy(HEADER, 0, HEADER.length);
  }

  /** Sends the trailer of a copy. */
  public static void end(CopyIn copy) throws SQLException {
    copy.writeToCopy(TRAILER, 0, TRAILER.length);
  }

  /** Begins a row of {@code columns} columns. */
  public CopyWriter row(int columns) {
    if (bytes.position() >= FLUSH_BYTES) {
      flush();
    }
    ensureCapacity(2);
    bytes.putShort((short) columns);
    return this;
  }

  public CopyWriter uuid(UUID value) {
    ensureCapacity(20);
    bytes
        .putInt(16)
        .putLong(value.getMostSignificantBits())
        .putLong(value.getLeastSignificantBits());
    return this;
  }

  public CopyWriter integer(int value) {
    ensureCapacity(8);
    bytes.putInt(4).putInt(value);
    return this;
  }

  public CopyWriter bigint(@Nullable Long value) {
    ensureCapacity(12);
    if (value == null) {
      bytes.putInt(-1);
    } else {
      bytes.putInt(8).putLong(value);
    }
    return this;
  }

  public CopyWriter flag(boolean value) {
    ensureCapacity(5);
    bytes.putInt(1).put((byte) (value ? 1 : 0));
    return this;
  }

  /** Writes an instant, truncated to the microsecond. */
  public CopyWriter timestamp(@Nullable Instant value) {
    return bigint(value == null ? null : ChronoUnit.MICROS.between(EPOCH, value));
  }

  public CopyWriter text(@Nullable String value) {
    return bytes(value == null ? null : value.getBytes(StandardCharsets.UTF_8));
  }

  /** Writes three columns: a short text, or its compressed bytes and their original length. */
  public CopyWriter longText(@Nullable String value) {
    byte[] utf8 = value == null ? null : value.getBytes(StandardCharsets.UTF_8);
    Optional<CompressedText> packed = utf8 == null ? Optional.empty() : CompressedText.of(utf8);
    return packed.isEmpty()
        ? bytes(utf8).bytes(null).bytes(null)
        : bytes(null).bytes(packed.get().block()).integer(packed.get().length());
  }

  private CopyWriter bytes(byte @Nullable [] value) {
    ensureCapacity(4 + (value == null ? 0 : value.length));
    if (value == null) {
      bytes.putInt(-1);
    } else {
      bytes.putInt(value.length).put(value);
    }
    return this;
  }

  private void ensureCapacity(int length) {
    if (bytes.remaining() < length) {
      flush();
      if (bytes.remaining() < length) {
        bytes = ByteBuffer.allocate(length + FLUSH_BYTES);
      }
    }
  }

  private void flush() {
    try {
      copy.writeToCopy(bytes.array(), 0, bytes.position());
      bytes.clear();
    } catch (SQLException e) {
      throw new CopyFailed(e);
    }
  }

  void end() {
    ensureCapacity(TRAILER.length);
    bytes.put(TRAILER);
    flush();
  }

  /** The database refused a row, or the connection broke. */
  static final class CopyFailed extends StatementException {
    private static final long serialVersionUID = 1L;

    CopyFailed(SQLException cause) {
      super(cause);
    }
  }
}
