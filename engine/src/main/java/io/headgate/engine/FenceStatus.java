package io.headgate.engine;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** The part of a batch row that a cancel sets; all of it is null before. */
final class FenceStatus {

  private @Nullable Long epoch;
  private @Nullable Instant cancelledAt;
  private @Nullable Instant interruptDueAt;
  private @Nullable Instant settleDueAt;

  /** The columns of a batch row. */
  FenceStatus(ResultSet row) throws SQLException {
    epoch = row.getObject("fence_epoch", Long.class);
    cancelledAt = BatchRowReader.time(row, "cancelled_at");
    interruptDueAt = BatchRowReader.time(row, "interrupt_due_at");
    settleDueAt = BatchRowReader.time(row, "settle_due_at");
  }

  void cancel(long atEpoch, Instant now, Instant settledBy) {
    epoch = atEpoch;
    cancelledAt = now;
    settleDueAt = settledBy;
  }

  void interrupt(Instant dueAt, Instant settledBy) {
    interruptDueAt = dueAt;
    settleDueAt = settledBy;
  }

  @Nullable Long epoch() {
    return epoch;
  }

  @Nullable Instant cancelledAt() {
    return cancelledAt;
  }

  /** When running items are abandoned; null when they have not been ordered to stop. */
  @Nullable Instant interruptDueAt() {
    return interruptDueAt;
  }

  /** When every running item is settled at the latest. */
  @Nullable Instant settleDueAt() {
    return settleDueAt;
  }
}
