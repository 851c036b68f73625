package io.headgate.view;

import io.headgate.batch.BatchState;
import io.headgate.batch.Counts;
import io.headgate.batch.Credits;
import io.headgate.engine.NewBatch.BatchOrder;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** A snapshot of a batch. Its counts add up to the total, its credits to the price. */
public record BatchView(
    UUID id,
    BatchOrder order,
    Status status,
    Counts counts,
    Credits credits,
    BatchProgress progress,
    @Nullable UUID resubmittedFrom) {

  /**
   * State and times of a batch.
   *
   * @param epoch the logical clock of the batch
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
