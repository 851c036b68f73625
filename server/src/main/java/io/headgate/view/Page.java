package io.headgate.view;

import java.util.List;

/**
 * One page of a list.
 *
 * @param more whether the list continues after this page
 */
public record Page<T>(List<T> data, boolean more) {

  /** Maximum rows of a page. */
  public static final int MAX_LIMIT = 500;

  public Page {
    data = List.copyOf(data);
  }

  /** Creates a page of {@code limit} rows; one more row means that the list continues. */
  static <T> Page<T> of(List<T> rows, int limit) {
    return rows.size() > limit ? new Page<>(rows.subList(0, limit), true) : new Page<>(rows, false);
  }

  /**
   * Returns {@code limit} unchanged.
   *
   * @throws IllegalArgumentException unless {@code limit} is 1 to {@link #MAX_LIMIT}
   */
  static int checked(int limit) {
    if (limit < 1 || limit > MAX_LIMIT) {
      throw new IllegalArgumentException(
          "limit must be between 1 and " + MAX_LIMIT + "; got " + limit);
    }
    return limit;
  }
}
