package io.headgate.view;

import java.util.List;

/**
 * Part of a list.
 *
 * @param more true when the list goes on after the last of {@code data}
 */
public record Page<T>(List<T> data, boolean more) {

  /** The longest page anybody gets, in rows. */
  public static final int MAX_LIMIT = 500;

  public Page {
    data = List.copyOf(data);
  }

  /** The first {@code limit} of rows that were read one past it. */
  static <T> Page<T> of(List<T> rows, int limit) {
    return rows.size() > limit ? new Page<>(rows.subList(0, limit), true) : new Page<>(rows, false);
  }

  /**
   * @throws IllegalArgumentException unless {@code limit} is 1 to {@link #MAX_LIMIT}
   */
  static int checked(int limit) {
    if (limit < 1 || limit > MAX_LIMIT) {
      throw new IllegalArgumentException("limit must be 1 to " + MAX_LIMIT);
    }
    return limit;
  }
}
