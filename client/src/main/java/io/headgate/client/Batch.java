package io.headgate.client;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * A batch as the server sees it at one moment.
 *
 * @param rejected the first lines left out of a submit that asked to skip bad ones, else null
 * @param rejectedCount how many were left out in all, else null
 */
public record Batch(
    String id,
    @Nullable String name,
    String processor,
    BatchState state,
    boolean paused,
    @Nullable Map<String, JsonNode> metadata,
    Counts counts,
    Credits credits,
    Progress progress,
    @Nullable JsonNode options,
    @Nullable JsonNode limits,
    int priority,
    @Nullable Instant startAt,
    @Nullable Instant expiresAt,
    Instant createdAt,
    @Nullable Instant startedAt,
    @Nullable Instant finishedAt,
    @Nullable Instant cancelledAt,
    @Nullable String resubmittedFrom,
    @Nullable List<RejectedLine> rejected,
    @Nullable Long rejectedCount) {

  /** A line of a streamed submit that was not stored. */
  public record RejectedLine(long line, @Nullable String field, String message) {}
}
