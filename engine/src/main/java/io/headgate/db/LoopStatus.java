package io.headgate.db;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * How a {@link Loop} does.
 *
 * @param name of the loop and its thread
 * @param sinceSuccess time since the end of the last round that did not fail; null before the first
 * @param overdueAfter the longest time between two such rounds that is still normal
 * @param overdue no round has succeeded for longer than {@code overdueAfter}, or the loop has died.
 *     A loop that was not started, or was closed, is not overdue
 * @param rounds rounds that did not fail
 * @param failures rounds that failed
 */
public record LoopStatus(
    String name,
    @Nullable Duration sinceSuccess,
    Duration overdueAfter,
    boolean overdue,
    long rounds,
    long failures) {}
