package io.headgate.http;

import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * One page of a list, as the API returns it.
 *
 * @param nextCursor the cursor of the next page; null on the last page
 */
public record Page<T>(List<T> data, @Nullable String nextCursor) {

  public static final int DEFAULT_LIMIT = 50;
  public static final int MAX_LIMIT = 500;

  /**
   * The page that a client requests.
   *
   * @param limit maximum number of rows on the page
   * @param after the position of the last row of the previous page; null for the first page
   * @param listPath identifies the list; a cursor is valid for this list only
   */
  public record PageQuery(int limit, @Nullable String after, String listPath, PageCursors cursors) {

    /**
     * Reads the query parameters "limit" and "cursor"; the path identifies the list.
     *
     * @throws ProblemException {@code invalid-request} for a limit out of range or a cursor that
     *     does not belong to this list
     */
    public static PageQuery of(Request request, PageCursors cursors) {
      String listPath = request.path();
      long limit = request.query().number("limit", 1, MAX_LIMIT).orElse((long) DEFAULT_LIMIT);
      String after =
          request
              .query()
              .text("cursor")
              .map(cursor -> cursors.decode(listPath, cursor))
              .orElse(null);
      return new PageQuery((int) limit, after, listPath, cursors);
    }

    /**
     * The number of rows to read: one more than the limit, to know whether there is a next page.
     */
    public int rowsToRead() {
      return limit + 1;
    }

    /**
     * Returns the page for at most {@link #rowsToRead} rows; drops the row beyond the limit.
     *
     * @param position the position of a row in the order of the list; the next page's {@link
     *     #after}
     */
    public <R, V> Page<V> of(List<R> rows, Function<R, String> position, Function<R, V> view) {
      List<R> shown = rows.subList(0, Math.min(limit, rows.size()));
      String next =
          rows.size() > limit ? cursors.encode(listPath, position.apply(shown.getLast())) : null;
      return new Page<>(shown.stream().map(view).toList(), next);
    }

    /**
     * Returns the page for rows that are cut to the limit already; {@code more} if others follow.
     */
    public <R, V> Page<V> of(
        List<R> rows, boolean more, Function<R, String> position, Function<R, V> view) {
      String next = more ? cursors.encode(listPath, position.apply(rows.getLast())) : null;
      return new Page<>(rows.stream().map(view).toList(), next);
    }
  }
}
