package io.headgate.client;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * The progress of a batch.
 *
 * @param settled items that have their final result
 * @param ratio settled items divided by all items, 0 to 1
 * @param eta when the batch ends at the current rate; null when no item settles
 */
public record Progress(
    long settled, double ratio, @Nullable Double itemsPerSecond, @Nullable Instant eta) {}
