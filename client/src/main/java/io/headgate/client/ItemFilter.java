package io.headgate.client;

import org.jspecify.annotations.Nullable;

/** Which items of a batch; null leaves a criterion out. */
public record ItemFilter(@Nullable ItemState state, @Nullable String ref, @Nullable String error) {

  public static final ItemFilter ALL = new ItemFilter(null, null, null);
}
