package io.headgate.client;

import org.jspecify.annotations.Nullable;

/**
 * Selects items of a batch. An item matches when it meets every criterion; a null criterion matches
 * every item.
 *
 * @param error the error code of a failed item
 */
public record ItemFilter(@Nullable ItemState state, @Nullable String ref, @Nullable String error) {

  /** Matches every item. */
  public static final ItemFilter ALL = new ItemFilter(null, null, null);
}
