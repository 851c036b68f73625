package io.headgate.engine;

import io.headgate.batch.AttemptResult;
import java.time.Instant;
import java.util.UUID;

/**
 * One attempt that ended.
 *
 * @param token of the claim it ran under; otherwise it is refused
 */
public record AttemptReport(
    long token, UUID batchId, int ordinal, AttemptResult result, Instant finishedAt) {}
