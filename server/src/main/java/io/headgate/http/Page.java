package io.headgate.http;

import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * One page of a list, as it goes out.
 *
 * @param nextCursor gives the page after it; null on the last one
 */
public record Page<T>(List<T> data, @Nullable String nextCursor) {

  public static final int DEFAULT_LIMIT = 50;
  public static final int MAX_LIMIT = 500;

  /**
   * What a client asked for.
   *
   * @param after the position of the last row it has; null for the first page
   */
  public record Asked(int limit, @Nullable String after, String list, Cursors cursors) {

    /** Reads the two query parameters; the list is the path, so no other list's cursor fits. */
    public static Asked of(Request request, Cursors cursors) {
      String list = request.path();
      long limit = request.query().number("limit", 1, MAX_LIMIT).orElse((long) DEFAULT_LIMIT);
      String after =
          request.query().text("cursor").map(cursor -> cursors.open(list, cursor)).orElse(null);
      return new Asked((int) limit, after, list, cursors);
    }

    /** How many rows to read: one more than the page holds tells whether there is a next one. */
    public int rows() {
      return limit + 1;
    }

    /**
     * The page made of {@link #rows} rows or fewer.
     *
     * @param position names a row's place in the list's order; it comes back as {@code after}
     */
    public <R, V> Page<V> of(List<R> rows, Function<R, String> position, Function<R, V> view) {
      List<R> shown = rows.subList(0, Math.min(limit, rows.size()));
      String next =
          rows.size() > limit ? cursors.seal(list, position.apply(shown.getLast())) : null;
      return new Page<>(shown.stream().map(view).toList(), next);
    }

    /** The page made of rows that were cut to the limit already; {@code more} follow or not. */
    public <R, V> Page<V> of(
        List<R> rows, boolean more, Function<R, String> position, Function<R, V> view) {
      String next = more ? cursors.seal(list, position.apply(rows.getLast())) : null;
      return new Page<>(rows.stream().map(view).toList(), next);
    }
  }
}
