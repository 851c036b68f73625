package io.headgate.engine;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.UUID;
import java.util.function.IntSupplier;

/**
 * One run of a maintenance verb over many batches, each in a transaction of its own: a batch that
 * fails does not stop the others.
 */
final class BatchSweep {

  private final String verb;
  private final EngineFaults faults;
  private final Map<UUID, RuntimeException> failures = new LinkedHashMap<>();
  private int done;

  BatchSweep(String verb, EngineFaults faults) {
    this.verb = verb;
    this.faults = faults;
  }

  /**
   * Runs the step of one batch, which returns how much it did.
   *
   * @throws RuntimeException when the database is out of reach, so that the other batches would
   *     fail too
   */
  void run(UUID batch, IntSupplier step) {
    try {
      done += step.getAsInt();
    } catch (RuntimeException e) {
      if (!Isolation.concernsOneBatch(e)) {
        throw e;
      }
      failures.put(batch, e);
      faults.failedBatch(batch, verb, e);
    }
  }

  /** The number of batches that were processed without a failure. */
  int done() {
    return done;
  }

  /**
   * How much was done.
   *
   * @throws FailedBatchesException when a batch failed
   */
  int result() {
    if (!failures.isEmpty()) {
      throw new FailedBatchesException(verb, failures);
    }
    return done;
  }
}
