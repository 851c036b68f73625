package io.headgate.dialect.spidra;

import io.headgate.batch.BatchState;
import io.headgate.batch.ItemState;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** The vendor's words for where batches and items stand. */
final class Words {

  private Words() {}

  /**
   * A batch is cancelled at once, while its last items still run. One whose every item failed is
   * completed: the vendor's {@code failed} is a batch that itself broke, which none does here.
   */
  static String of(BatchState state) {
    return switch (state) {
      case PENDING -> "pending";
      case RUNNING -> "running";
      case COMPLETED, PARTIAL, FAILED -> "completed";
      case CANCELLING, CANCELLED -> "cancelled";
    };
  }

  static String of(ItemState state) {
    return switch (state) {
      case PENDING -> "pending";
      case RUNNING -> "running";
      case SUCCEEDED -> "completed";
      case FAILED -> "failed";
      case CANCELLED -> "cancelled";
    };
  }

  /** An item that waits again after a failed attempt has not started, nor has a stopped one. */
  static @Nullable Instant startedAt(ItemState state, @Nullable Instant startedAt) {
    return switch (state) {
      case PENDING, CANCELLED -> null;
      case RUNNING, SUCCEEDED, FAILED -> startedAt;
    };
  }
}
