package io.headgate.dialect.spidra;

import io.headgate.http.Request;

/**
 * The page that a client requests from a list.
 *
 * @param page from 1
 */
record Paging(int page, int limit) {

  private static final int USUAL = 20;
  private static final int MOST = 50;
  private static final int LAST = 1_000_000_000;

  record Shown(int page, int limit, long total, long totalPages) {}

  /** Reads the query parameters. A limit above 50 is reduced to 50. */
  static Paging of(Request request) {
    long page = request.query().number("page", 1, LAST).orElse(1L);
    long limit = request.query().number("limit", 1, LAST).orElse((long) USUAL);
    return new Paging((int) page, (int) Math.min(limit, MOST));
  }

  Shown shown(long total) {
    return new Shown(page, limit, total, (total + limit - 1) / limit);
  }
}
