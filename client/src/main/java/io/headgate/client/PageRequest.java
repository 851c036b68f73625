package io.headgate.client;

import org.jspecify.annotations.Nullable;

/**
 * Which part of a list to ask for.
 *
 * @param limit 1 to 500; null for the server's default
 * @param cursor {@link Page#nextCursor} of the part before; null for the first
 */
public record PageRequest(@Nullable Integer limit, @Nullable String cursor) {

  public static final PageRequest FIRST = new PageRequest(null, null);

  public static PageRequest of(int limit) {
    return new PageRequest(limit, null);
  }

  public PageRequest after(@Nullable String cursor) {
    return new PageRequest(limit, cursor);
  }
}
