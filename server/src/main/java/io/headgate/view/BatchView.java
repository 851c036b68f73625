package io.headgate.view;

import io.headgate.batch.BatchState;
import io.headgate.batch.Counts;
import io.headgate.batch.Credits;
import io.headgate.engine.NewBatch.BatchOrder;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** A batch as it stood at one moment. Counts and credits add up in every view. */
public record BatchView(
    UUID id,
    BatchOrder order,
    Status status,
    Counts counts,
    Credits credits,
    Progress progress,
    @Nullable UUID resubmittedFrom) {

  /**
   * Where the batch stands in its life.
   *
   * @param epoch its logical clock
   */
  public record Status(
      BatchState state,
      boolean paused,
      long epoch,
      Instant createdAt,
      @Nullable Instant startedAt,
      @Nullable Instant finishedAt,
      @Nullable Instant cancelledAt) {}
}
