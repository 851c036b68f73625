package io.headgate.engine;

import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Counts and logs what the engine could not do although the database works: results that cannot be
 * stored, and batches whose rows contradict each other. Safe for use by several threads.
 */
public final class EngineFaults {

  private static final Logger log = LoggerFactory.getLogger(EngineFaults.class);

  private final AtomicLong refusedResults = new AtomicLong();
  private final AtomicLong failedBatches = new AtomicLong();
  private volatile @Nullable RuntimeException last;

  EngineFaults() {}

  /** Results that the database refused; their items have failed instead. */
  public long refusedResults() {
    return refusedResults.get();
  }

  /** Steps of single batches that failed while the other batches went on. */
  public long failedBatches() {
    return failedBatches.get();
  }

  /** The failure that was counted last; empty when there was none. */
  public Optional<RuntimeException> last() {
    return Optional.ofNullable(last);
  }

  void refusedResult(AttemptReport settlement, RuntimeException cause) {
    refusedResults.incrementAndGet();
    last = cause;
    log.error(
        "The result of item {} of batch {} cannot be stored; the item fails",
        settlement.ordinal(),
        settlement.batchId(),
        cause);
  }

  void failedBatch(UUID batch, String step, RuntimeException cause) {
    failedBatches.incrementAndGet();
    last = cause;
    log.error("Batch {}: {} failed; other batches are not affected", batch, step, cause);
  }
}
