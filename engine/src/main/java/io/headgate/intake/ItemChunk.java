package io.headgate.intake;

import io.headgate.db.CopyWriter;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.postgresql.copy.CopyIn;

/**
 * Buffers up to {@value #MAX_ROWS} items as rows of {@code item} in PostgreSQL's binary COPY
 * format. Batch id and ordinals are filled in when the chunk is stored, because some rows may turn
 * out to be duplicates. Chunks are reused.
 */
final class ItemChunk {

  /** A row that has a parent, and the ref of that parent. */
  record ChildRow(int row, String parent) {}

  static final int MAX_ROWS = 8_192;
  private static final int TARGET_BYTES = 1_048_576;

  /** Bytes of the largest possible row. */
  private static final int MAX_ROW_BYTES = ItemSource.MAX_LINE_BYTES + 2_048;

  /**
   * Offset of the ordinal in a row: after field count, length of the batch id, the id, length of
   * the ordinal.
   */
  private static final int ORDINAL_OFFSET = 2 + 4 + 16 + 4;

  private ByteBuffer bytes = ByteBuffer.allocate(TARGET_BYTES / 4);
  private final int[] starts = new int[MAX_ROWS + 1];
  private final long[] lines = new long[MAX_ROWS];
  private final @Nullable String[] refs = new @Nullable String[MAX_ROWS];
  private final List<ChildRow> children = new ArrayList<>();
  private final List<InvalidLine> invalidLines = new ArrayList<>();
  private int rows;
  private boolean hasRefs;
  private boolean isBroken;

  void clear() {
    bytes.clear();
    children.clear();
    invalidLines.clear();
    rows = 0;
    hasRefs = false;
    isBroken = false;
  }

  void add(ItemLine.ValidLine item) {
    byte @Nullable [] ref = item.ref() == null ? null : item.ref().getBytes(StandardCharsets.UTF_8);
    ensureCapacity(ORDINAL_OFFSET + 12 + (ref == null ? 0 : ref.length) + item.json().remaining());
    // Batch id and ordinal are filled in by copy().
    bytes.putShort((short) 4).putInt(16).putLong(0).putLong(0).putInt(4).putInt(0);
    if (ref == null) {
      bytes.putInt(-1);
    } else {
      bytes.putInt(ref.length).put(ref);
      hasRefs = true;
    }
    bytes.putInt(item.json().remaining()).put(item.json().duplicate());
    if (item.parent() != null) {
      children.add(new ChildRow(rows, item.parent()));
    }
    refs[rows] = item.ref();
    lines[rows] = item.number();
    starts[++rows] = bytes.position();
  }

  private void ensureCapacity(int length) {
    if (bytes.remaining() < length) {
      int capacity =
          Math.min(
              Math.max(bytes.capacity() * 4, bytes.position() + length),
              TARGET_BYTES + MAX_ROW_BYTES);
      bytes = ByteBuffer.allocate(capacity).put(bytes.flip());
    }
  }

  void add(InvalidLine line) {
    invalidLines.add(line);
  }

  /** Records that the source cannot be read on after the lines added so far. */
  void endWithError(InvalidLine error) {
    invalidLines.add(error);
    isBroken = true;
  }

  boolean isBroken() {
    return isBroken;
  }

  boolean isFull() {
    return rows + invalidLines.size() >= MAX_ROWS || bytes.position() >= TARGET_BYTES;
  }

  int rows() {
    return rows;
  }

  boolean hasRefs() {
    return hasRefs;
  }

  @Nullable String ref(int row) {
    return refs[row];
  }

  long line(int row) {
    return lines[row];
  }

  List<ChildRow> children() {
    return children;
  }

  List<InvalidLine> invalidLines() {
    return invalidLines;
  }

  /**
   * Writes the rows that are not in {@code skipped}, numbered from {@code ordinal}.
   *
   * @return the number of rows written
   */
  int copy(CopyIn copy, UUID batch, int ordinal, BitSet skipped) throws SQLException {
    CopyWriter.begin(copy);
    int nextOrdinal = ordinal;
    for (int from = skipped.nextClearBit(0); from < rows; ) {
      int to = skipped.nextSetBit(from);
      to = to < 0 || to > rows ? rows : to;
      for (int row = from; row < to; row++) {
        bytes
            .putLong(starts[row] + 6, batch.getMostSignificantBits())
            .putLong(starts[row] + 14, batch.getLeastSignificantBits())
            .putInt(starts[row] + ORDINAL_OFFSET, nextOrdinal++);
      }
      copy.writeToCopy(bytes.array(), starts[from], starts[to] - starts[from]);
      from = skipped.nextClearBit(to);
    }
    CopyWriter.end(copy);
    return nextOrdinal - ordinal;
  }
}
