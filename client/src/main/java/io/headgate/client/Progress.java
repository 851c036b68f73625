package io.headgate.client;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * How fast a batch moves.
 *
 * @param ratio settled items over all, 0 to 1
 * @param eta when it will end at this pace; null when nothing moves
 */
public record Progress(
    long settled, double ratio, @Nullable Double itemsPerSecond, @Nullable Instant eta) {}
