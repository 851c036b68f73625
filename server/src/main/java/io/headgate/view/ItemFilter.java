package io.headgate.view;

import io.headgate.batch.ItemState;
import org.jspecify.annotations.Nullable;

/**
 * Which items of a batch are meant; what is null matches every item.
 *
 * @param ref the client's own name of the item
 * @param error the code of the error it ended with
 */
public record ItemFilter(@Nullable ItemState state, @Nullable String ref, @Nullable String error) {

  public static final ItemFilter ALL = new ItemFilter(null, null, null);

  boolean matches(ItemView item) {
    return (state == null || item.state() == state)
        && (error == null || (item.error() != null && error.equals(item.error().code())));
  }
}
