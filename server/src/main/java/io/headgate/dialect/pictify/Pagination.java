package io.headgate.dialect.pictify;

import io.headgate.http.Query;

/** The position of a page in a list, as responses show it. */
record Pagination(
    int page, int limit, long total, long totalPages, boolean hasNext, boolean hasPrev) {

  private static final int MOST = 100;
  private static final int LAST = 1_000_000;

  /** The page that a client requests. */
  record Asked(int page, int limit) {

    Pagination of(long total) {
      long pages = (total + limit - 1) / limit;
      return new Pagination(page, limit, total, pages, page < pages, page > 1);
    }
  }

  /**
   * Reads the query parameters. A limit above 100 is reduced to 100.
   *
   * @param usual the default limit
   */
  static Asked asked(Query query, int usual) {
    long page = query.number("page", 1, LAST).orElse(1L);
    long limit = query.number("limit", 1, Long.MAX_VALUE).orElse((long) usual);
    return new Asked((int) page, (int) Math.min(limit, MOST));
  }
}
