package io.headgate.client;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A part of a list.
 *
 * @param nextCursor asks for the next part; null at the end
 */
public record Page<T>(List<T> data, @Nullable String nextCursor) {}
