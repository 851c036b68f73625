package io.headgate.dialect.spidra;

import io.headgate.http.Request;

/**
 * The page that a client requests from a list.
 *
 * @param page from 1
 */
record SpidraPaging(int page, int limit) {

  private static final int DEFAULT_LIMIT = 20;
  private static final int MAX_LIMIT = 50;
  private static final int MAX_NUMBER = 1_000_000_000;

  record SpidraPagination(int page, int limit, long total, long totalPages) {}

  /** Reads the query parameters. A limit above 50 is reduced to 50. */
  static SpidraPaging of(Request request) {
    long number = request.query().number("page", 1, MAX_NUMBER).orElse(1L);
    long limit = request.query().number("limit", 1, MAX_NUMBER).orElse((long) DEFAULT_LIMIT);
    return new SpidraPaging((int) number, (int) Math.min(limit, MAX_LIMIT));
  }

  SpidraPagination pagination(long total) {
    return new SpidraPagination(page, limit, total, (total + limit - 1) / limit);
  }
}
