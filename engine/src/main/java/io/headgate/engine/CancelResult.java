package io.headgate.engine;

import io.headgate.batch.BatchState;

/** The result of a cancel of a batch. */
public sealed interface CancelResult {

  /**
   * The batch is fenced, by this call or an earlier one.
   *
   * @param receipt the receipt as clients get it, byte for byte
   * @param first true when this very call set the fence
   */
  record Fenced(String receipt, boolean first) implements CancelResult {}

  record AlreadyFinished(BatchState state) implements CancelResult {}

  record NoSuchBatch() implements CancelResult {}
}
