package io.headgate.engine;

import io.headgate.batch.ItemState;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * The result of an attempt, as it is stored.
 *
 * @param attempt its number; of an item that ended without starting, the next one it would have had
 * @param last false when the item went back to wait
 * @param start the claim it ran under; null when it never started
 */
record ResultRow(
    UUID batchId,
    int ordinal,
    int attempt,
    ItemState outcome,
    boolean last,
    @Nullable Start start,
    Instant finishedAt,
    What what) {

  /** The claim an attempt ran under. */
  record Start(long epoch, long nodeId, Instant at) {}

  /** An output, or the reason why there is none. */
  sealed interface What {

    record Output(String json) implements What {}

    record Reason(String code, String message) implements What {}
  }
}
