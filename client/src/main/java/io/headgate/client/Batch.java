package io.headgate.client;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * A snapshot of a batch.
 *
 * @param paused true while the batch starts no items because of {@link HeadgateClient#pause}
 * @param resubmittedFrom the id of the batch whose items this batch repeats; null for none
 * @param rejected the first lines that a submit with {@code on_bad_line=skip} did not store; null
 *     in every other response
 * @param rejectedCount how many lines were not stored in total; null in every other response
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
