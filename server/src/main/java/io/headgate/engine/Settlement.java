package io.headgate.engine;

import io.headgate.batch.Ending;
import java.time.Instant;
import java.util.UUID;

/**
 * One attempt that ended.
 *
 * @param token the claim it ran under; without it nothing is settled
 */
public record Settlement(
    long token, UUID batchId, int ordinal, Ending ending, Instant finishedAt) {}
