package io.headgate.engine;

import io.headgate.batch.BatchState;
import java.util.UUID;

/** What a resubmit came to. */
public sealed interface ResubmitResult {

  record Submitted(UUID batchId) implements ResubmitResult {}

  record NothingToDo() implements ResubmitResult {}

  /** Items of the batch may still settle: {@code state}. */
  record NotFinished(BatchState state) implements ResubmitResult {}

  /** Its items need secret options, which were deleted when the batch ended. */
  record SecretOptionsGone(BatchState state) implements ResubmitResult {}

  record Refused(AdmissionResult admission) implements ResubmitResult {}

  record NoSuchBatch() implements ResubmitResult {}
}
