package io.headgate.view;

import java.util.Optional;
import java.util.UUID;

/**
 * The latest progress of attempts that run in this process. The progress of attempts on other nodes
 * is read from the database, where it is at most about a second old.
 */
@FunctionalInterface
public interface LiveProgress {

  /** Knows no progress. */
  LiveProgress UNKNOWN = (batchId, ordinal) -> Optional.empty();

  /** Returns the latest progress; empty when the item does not run in this process. */
  Optional<ProgressReport> find(UUID batchId, int ordinal);

  /**
   * The progress of one attempt.
   *
   * @param ratio 0 to 1
   * @param message short text for people
   */
  record ProgressReport(double ratio, String message) {}
}
