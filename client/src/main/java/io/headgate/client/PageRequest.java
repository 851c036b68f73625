package io.headgate.client;

import org.jspecify.annotations.Nullable;

/**
 * Selects a page of a list.
 *
 * @param limit the most elements of the page, 1 to 500; null for the server's default
 * @param cursor {@link Page#nextCursor} of the previous page; null for the first page
 */
public record PageRequest(@Nullable Integer limit, @Nullable String cursor) {

  /** The first page, of the default size. */
  public static final PageRequest FIRST = new PageRequest(null, null);

  /** The first page, with at most {@code limit} elements. */
  public static PageRequest of(int limit) {
    return new PageRequest(limit, null);
  }

  /** The page that follows {@code cursor}, of the same size. */
  public PageRequest after(@Nullable String cursor) {
    return new PageRequest(limit, cursor);
  }
}
