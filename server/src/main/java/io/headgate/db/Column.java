package io.headgate.db;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Collection;
import java.util.UUID;
import org.jdbi.v3.core.argument.Argument;
import org.jspecify.annotations.Nullable;
import org.postgresql.PGConnection;

/**
 * A whole column of values bound as one array, for statements that take their rows from unnest; and
 * columns that are read in a way of their own.
 */
public final class Column {

  private Column() {}

  public static Argument ints(int[] values) {
    return of("int4", values);
  }

  public static Argument longs(long[] values) {
    return of("int8", values);
  }

  public static Argument flags(boolean[] values) {
    return of("bool", values);
  }

  public static Argument texts(@Nullable String[] values) {
    return of("text", values);
  }

  public static Argument uuids(Collection<? extends @Nullable UUID> values) {
    return of("uuid", values.toArray());
  }

  /** As text, to be cast to {@code timestamptz[]}. */
  public static Argument times(@Nullable Instant[] values) {
    @Nullable String[] written = new String[values.length];
    for (int i = 0; i < values.length; i++) {
      Instant value = values[i];
      written[i] = value == null ? null : value.toString();
    }
    return texts(written);
  }

  /**
   * A text that was written with {@link CopyRows#longText}; null when there is none.
   *
   * @param name of its column, which must have been selected with its {@code _packed} and {@code
   *     _bytes}
   */
  public static @Nullable String longText(ResultSet row, String name) throws SQLException {
    return Packed.read(row, name);
  }

  /** Primitive arrays go to pgjdbc as they are: it writes them in binary, without boxing. */
  private static Argument of(String type, Object values) {
    return (position, statement, context) -> {
      PGConnection connection = statement.getConnection().unwrap(PGConnection.class);
      statement.setArray(position, connection.createArrayOf(type, values));
    };
  }
}
