package io.headgate.engine;

import java.time.Instant;
import java.util.UUID;

/**
 * One attempt that has started: from the commit on it counts as running.
 *
 * @param token identifies the claim when it is settled
 * @param attempt 1 for the first attempt
 */
public record StartedAttempt(
    long token, UUID batchId, int ordinal, int attempt, Instant claimedAt) {}
