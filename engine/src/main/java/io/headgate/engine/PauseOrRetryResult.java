package io.headgate.engine;

import io.headgate.batch.BatchState;

/** The result of a pause, resume or retry. */
public sealed interface PauseOrRetryResult {

  /** Done; {@code items} is how many items it moved (0 for pause and resume). */
  record Done(int items) implements PauseOrRetryResult {}

  record NothingToDo() implements PauseOrRetryResult {}

  record AlreadyFinished(BatchState state) implements PauseOrRetryResult {}

  record NotFinished(BatchState state) implements PauseOrRetryResult {}

  /** Its items need the secret options of the batch, which were erased when it ended. */
  record SecretOptionsErased(BatchState state) implements PauseOrRetryResult {}

  record InsufficientCredits(long needed, long available) implements PauseOrRetryResult {}

  record NoSuchBatch() implements PauseOrRetryResult {}
}
