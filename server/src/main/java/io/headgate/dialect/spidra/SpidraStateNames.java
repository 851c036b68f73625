package io.headgate.dialect.spidra;

import io.headgate.batch.BatchState;
import io.headgate.batch.ItemState;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** The vendor's names for the states of batches and items. */
final class SpidraStateNames {

  private SpidraStateNames() {}

  /**
   * A batch is {@code cancelled} at once, while its last items still run. A batch whose items all
   * failed is {@code completed}: the vendor's {@code failed} is an error of the batch itself, which
   * does not occur here.
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

  /**
   * The start of an item. A pending item, even after a failed attempt, and a stopped one have none.
   */
  static @Nullable Instant startedAt(ItemState state, @Nullable Instant startedAt) {
    return switch (state) {
      case PENDING, CANCELLED -> null;
      case RUNNING, SUCCEEDED, FAILED -> startedAt;
    };
  }
}
