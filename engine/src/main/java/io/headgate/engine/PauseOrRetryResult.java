package io.headgate.engine;

import io.headgate.batch.BatchState;

/** The result of a pause, resume or retry. */
public sealed interface PauseOrRetryResult {

  /** Done; {@code items} is how many items it moved (0 for pause and resume). */
  record Applied(int items) implements PauseOrRetryResult {}

  record NothingToRetry() implements PauseOrRetryResult {}

  record PauseAlreadyFinished(BatchState state) implements PauseOrRetryResult {}

  record RetryNotFinished(BatchState state) implements PauseOrRetryResult {}

  /** Its items need the secret options of the batch, which were erased when it ended. */
  record SecretOptionsErased(BatchState state) implements PauseOrRetryResult {}

  record RetryInsufficientCredits(long needed, long available) implements PauseOrRetryResult {}

  record PauseOrRetryNoSuchBatch() implements PauseOrRetryResult {}
}
