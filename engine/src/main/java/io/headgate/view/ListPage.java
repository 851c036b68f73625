package io.headgate.view;

import java.util.List;

/**
 * One page of a list.
 *
 * @param hasMore whether the list continues after this page
 */
public record ListPage<T>(List<T> data, boolean hasMore) {

  /** Maximum rows of a page. */
  public static final int MAX_LIMIT = 500;

  public ListPage {
    data = List.copyOf(data);
  }

  /** Creates a page of {@code limit} rows; one more row means that the list continues. */
  static <T> ListPage<T> of(List<T> rows, int limit) {
    return rows.size() > limit
        ? new ListPage<>(rows.subList(0, limit), true)
        : new ListPage<>(rows, false);
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
