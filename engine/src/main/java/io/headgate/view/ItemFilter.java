package io.headgate.view;

import io.headgate.batch.ItemState;
import org.jspecify.annotations.Nullable;

/**
 * Selects items of a batch. A null component is no condition.
 *
 * @param ref the name that the client gave the item
 * @param error the code of its error
 */
public record ItemFilter(@Nullable ItemState state, @Nullable String ref, @Nullable String error) {

  public static final ItemFilter ALL = new ItemFilter(null, null, null);

  boolean matches(ItemView item) {
    return (state == null || item.state() == state)
        && (error == null || (item.error() != null && error.equals(item.error().code())));
  }
}
