package io.headgate.engine;

import io.headgate.batch.BatchState;

/** The result of a pause, resume or retry. */
public sealed interface ChangeResult {

  /** Done; {@code items} is how many items it moved (0 for pause and resume). */
  record Done(int items) implements ChangeResult {}

  record NothingToDo() implements ChangeResult {}

  record AlreadyFinished(BatchState state) implements ChangeResult {}

  record NotFinished(BatchState state) implements ChangeResult {}

  /** Its items need the secret options of the batch, which were erased when it ended. */
  record NoMoreConfided(BatchState state) implements ChangeResult {}

  record InsufficientCredits(long needed, long available) implements ChangeResult {}

  record NoSuchBatch() implements ChangeResult {}
}
