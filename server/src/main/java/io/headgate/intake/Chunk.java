package io.headgate.intake;

import io.headgate.db.CopyRows;
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
 * Buffers up to {@value #ROWS} items as rows of {@code item} in PostgreSQL's binary COPY format.
 * Batch id and ordinals are filled in when the chunk is stored, because some rows may turn out to
 * be duplicates. Chunks are reused.
 */
final class Chunk {

  /** A row that has a parent, and the ref of that parent. */
  record Child(int row, String parent) {}

  static final int ROWS = 8_192;
  private static final int BYTES = 1_048_576;

  /** Bytes of the largest possible row. */
  private static final int SPARE = ItemSource.MAX_LINE_BYTES + 2_048;

  /**
   * Offset of the ordinal in a row: after field count, length of the batch id, the id, length of
   * the ordinal.
   */
  private static final int ORDINAL_AT = 2 + 4 + 16 + 4;

  private ByteBuffer bytes = ByteBuffer.allocate(BYTES / 4);
  private final int[] starts = new int[ROWS + 1];
  private final long[] lines = new long[ROWS];
  private final @Nullable String[] refs = new @Nullable String[ROWS];
  private final List<Child> children = new ArrayList<>();
  private final List<BadLine> bad = new ArrayList<>();
  private int rows;
  private boolean anyRef;
  private boolean broken;

  void clear() {
    bytes.clear();
    children.clear();
    bad.clear();
    rows = 0;
    anyRef = false;
    broken = false;
  }

  void add(Line.Item item) {
    byte @Nullable [] ref = item.ref() == null ? null : item.ref().getBytes(StandardCharsets.UTF_8);
    makeRoom(ORDINAL_AT + 12 + (ref == null ? 0 : ref.length) + item.json().remaining());
    // Batch id and ordinal are filled in by copy().
    bytes.putShort((short) 4).putInt(16).putLong(0).putLong(0).putInt(4).putInt(0);
    if (ref == null) {
      bytes.putInt(-1);
    } else {
      bytes.putInt(ref.length).put(ref);
      anyRef = true;
    }
    bytes.putInt(item.json().remaining()).put(item.json().duplicate());
    if (item.parent() != null) {
      children.add(new Child(rows, item.parent()));
    }
    refs[rows] = item.ref();
    lines[rows] = item.number();
    starts[++rows] = bytes.position();
  }

  private void makeRoom(int length) {
    if (bytes.remaining() < length) {
      int capacity =
          Math.min(Math.max(bytes.capacity() * 4, bytes.position() + length), BYTES + SPARE);
      bytes = ByteBuffer.allocate(capacity).put(bytes.flip());
    }
  }

  void add(BadLine line) {
    bad.add(line);
  }

  /** Records that the source cannot be read on after the lines added so far. */
  void breakOff(BadLine why) {
    bad.add(why);
    broken = true;
  }

  boolean broken() {
    return broken;
  }

  boolean full() {
    return rows + bad.size() >= ROWS || bytes.position() >= BYTES;
  }

  int rows() {
    return rows;
  }

  boolean anyRef() {
    return anyRef;
  }

  @Nullable String ref(int row) {
    return refs[row];
  }

  long line(int row) {
    return lines[row];
  }

  List<Child> children() {
    return children;
  }

  List<BadLine> bad() {
    return bad;
  }

  /**
   * Writes the rows that are not in {@code leftOut}, numbered from {@code ordinal}.
   *
   * @return the number of rows written
   */
  int copy(CopyIn copy, UUID batch, int ordinal, BitSet leftOut) throws SQLException {
    CopyRows.begin(copy);
    int next = ordinal;
    for (int from = leftOut.nextClearBit(0); from < rows; ) {
      int to = leftOut.nextSetBit(from);
      to = to < 0 || to > rows ? rows : to;
      for (int row = from; row < to; row++) {
        bytes
            .putLong(starts[row] + 6, batch.getMostSignificantBits())
            .putLong(starts[row] + 14, batch.getLeastSignificantBits())
            .putInt(starts[row] + ORDINAL_AT, next++);
      }
      copy.writeToCopy(bytes.array(), starts[from], starts[to] - starts[from]);
      from = leftOut.nextClearBit(to);
    }
    CopyRows.end(copy);
    return next - ordinal;
  }
}
