package io.headgate.bench;

import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.UUID;
import org.postgresql.PGConnection;
import org.postgresql.copy.CopyIn;

/**
 * The lower bound for the cost of a submit: one COPY of prepared bytes into an unpartitioned table
 * with the columns, checks and indexes of a partition of {@code item}.
 */
final class BareCopy {

  static final String TABLE = "create table bare_item (like item including all)";

  private static final int CHUNK_BYTES = 64 * 1024;
  private static final byte[] HEADER = "PGCOPY\n\u00ff\r\n\0".getBytes(StandardCharsets.ISO_8859_1);

  private BareCopy() {}

  /** Encodes rows in the binary format of COPY. */
  static byte[] binary(UUID batch, int count, boolean refs) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream(count * 96);
    DataOutputStream out = new DataOutputStream(bytes);
    out.write(HEADER);
    out.writeInt(0);
    out.writeInt(0);
    for (int i = 0; i < count; i++) {
      out.writeShort(4);
      out.writeInt(16);
      out.writeLong(batch.getMostSignificantBits());
      out.writeLong(batch.getLeastSignificantBits());
      out.writeInt(4);
      out.writeInt(i);
      if (refs) {
        text(out, Items.ref(i));
      } else {
        out.writeInt(-1);
      }
      text(out, Items.input(i));
    }
    out.writeShort(-1);
    return bytes.toByteArray();
  }

  private static void text(DataOutputStream out, String text) throws IOException {
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    out.writeInt(bytes.length);
    out.write(bytes);
  }

  /** Encodes rows in the text format of COPY. No value needs escaping. */
  static byte[] text(UUID batch, int count, boolean refs) {
    StringBuilder lines = new StringBuilder(count * 96);
    for (int i = 0; i < count; i++) {
      lines.append(batch).append('\t').append(i).append('\t');
      lines.append(refs ? Items.ref(i) : "\\N").append('\t').append(Items.input(i)).append('\n');
    }
    return lines.toString().getBytes(StandardCharsets.UTF_8);
  }

  /** Copies rows in one transaction and returns the nanoseconds until its commit. */
  static long copy(Connection connection, byte[] rows, String format) throws SQLException {
    long start = System.nanoTime();
    CopyIn copy =
        connection
            .unwrap(PGConnection.class)
            .getCopyAPI()
            .copyIn("copy bare_item (batch_id, ordinal, ref, input) from stdin " + format);
    for (int at = 0; at < rows.length; at += CHUNK_BYTES) {
      copy.writeToCopy(rows, at, Math.min(CHUNK_BYTES, rows.length - at));
    }
    copy.endCopy();
    return System.nanoTime() - start;
  }
}
