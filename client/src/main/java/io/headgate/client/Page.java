package io.headgate.client;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One page of a list.
 *
 * @param nextCursor requests the next page, see {@link PageRequest#after}; null on the last page
 * @param <T> the type of the elements
 */
public record Page<T>(List<T> data, @Nullable String nextCursor) {}
