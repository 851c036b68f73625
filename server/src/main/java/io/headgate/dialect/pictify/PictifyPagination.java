package io.headgate.dialect.pictify;

import io.headgate.http.Query;

/** The position of a page in a list, as responses show it. */
record PictifyPagination(
    int page, int limit, long total, long totalPages, boolean hasNext, boolean hasPrev) {

  private static final int MAX_LIMIT = 100;
  private static final int MAX_PAGE = 1_000_000;

  /** The page that a client requests. */
  record PictifyPageRequest(int page, int limit) {

    PictifyPagination of(long total) {
      long pages = (total + limit - 1) / limit;
      return new PictifyPagination(page, limit, total, pages, page < pages, page > 1);
    }
  }

  /**
   * Reads the query parameters. A limit above 100 is reduced to 100.
   *
   * @param defaultLimit the default limit
   */
  static PictifyPageRequest requested(Query query, int defaultLimit) {
    long page = query.number("page", 1, MAX_PAGE).orElse(1L);
    long limit = query.number("limit", 1, Long.MAX_VALUE).orElse((long) defaultLimit);
    return new PictifyPageRequest((int) page, (int) Math.min(limit, MAX_LIMIT));
  }
}
