package io.headgate.engine;

import io.headgate.batch.BatchState;

/** What a pause, resume or retry came to. */
public sealed interface ChangeResult {

  /** Done; {@code items} is how many items it moved (0 for pause and resume). */
  record Done(int items) implements ChangeResult {}

  record NothingToDo() implements ChangeResult {}

  record AlreadyFinished(BatchState state) implements ChangeResult {}

  record NotFinished(BatchState state) implements ChangeResult {}

  /** Its items need what was confided to the batch, and that was wiped when it ended. */
  record NoMoreConfided(BatchState state) implements ChangeResult {}

  record InsufficientCredits(long needed, long available) implements ChangeResult {}

  record NoSuchBatch() implements ChangeResult {}
}
