package io.headgate.engine;

import io.headgate.batch.Ending;
import java.time.Instant;
import java.util.UUID;

/**
 * One attempt that ended.
 *
 * @param token of the claim it ran under; otherwise it is refused
 */
public record Settlement(
    long token, UUID batchId, int ordinal, Ending ending, Instant finishedAt) {}
