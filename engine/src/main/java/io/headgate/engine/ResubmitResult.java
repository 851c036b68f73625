package io.headgate.engine;

import io.headgate.batch.BatchState;
import java.util.UUID;

/** The result of a resubmit. */
public sealed interface ResubmitResult {

  record Resubmitted(UUID batchId) implements ResubmitResult {}

  record NothingToResubmit() implements ResubmitResult {}

  /** Items of the batch may still settle: {@code state}. */
  record ResubmitNotFinished(BatchState state) implements ResubmitResult {}

  /** Its items need secret options, which were deleted when the batch ended. */
  record SecretOptionsGone(BatchState state) implements ResubmitResult {}

  record ResubmitRefused(AdmissionResult admission) implements ResubmitResult {}

  record ResubmitNoSuchBatch() implements ResubmitResult {}
}
