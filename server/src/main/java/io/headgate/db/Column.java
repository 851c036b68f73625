package io.headgate.db;

import java.sql.SQLException;
import java.time.Instant;
import java.util.Collection;
import java.util.UUID;
import org.jdbi.v3.core.argument.Argument;
import org.jspecify.annotations.Nullable;

/** A whole column of values bound as one array, for statements that take their rows from unnest. */
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

  private static Argument of(String type, Object values) {
    return (position, statement, context) -> {
      try {
        statement.setArray(position, statement.getConnection().createArrayOf(type, boxed(values)));
      } catch (SQLException e) {
        throw new IllegalArgumentException("not an array of " + type, e);
      }
    };
  }

  private static Object[] boxed(Object values) {
    return switch (values) {
      case int[] ints -> java.util.Arrays.stream(ints).boxed().toArray();
      case long[] longs -> java.util.Arrays.stream(longs).boxed().toArray();
      case boolean[] flags -> {
        Object[] boxed = new Object[flags.length];
        for (int i = 0; i < flags.length; i++) {
          boxed[i] = flags[i];
        }
        yield boxed;
      }
      default -> (Object[]) values;
    };
  }
}
