package io.headgate.engine;

import io.headgate.batch.ItemState;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * The result of an attempt, as it is stored.
 *
 * @param attempt its number; of an item that ended without starting, the next one it would have had
 * @param isFinal false when the item went back to wait
 * @param start the claim it ran under; null when it never started
 */
record ResultRow(
    UUID batchId,
    int ordinal,
    int attempt,
    ItemState outcome,
    boolean isFinal,
    @Nullable AttemptStart start,
    Instant finishedAt,
    AttemptOutput output) {

  /** The claim an attempt ran under. */
  record AttemptStart(long epoch, long nodeId, Instant at) {}

  /** An output, or the reason why there is none. */
  sealed interface AttemptOutput {

    record JsonOutput(String json) implements AttemptOutput {}

    record ErrorReason(String code, String message) implements AttemptOutput {}
  }
}
