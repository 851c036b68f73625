package io.headgate.view;

import java.util.Optional;
import java.util.UUID;

/**
 * What running attempts last told about themselves, as far as this process knows. Of those of other
 * nodes there is a note in the database that is a second old at most.
 */
@FunctionalInterface
public interface LiveProgress {

  /** Nobody knows. */
  LiveProgress UNKNOWN = (batchId, ordinal) -> Optional.empty();

  Optional<Report> find(UUID batchId, int ordinal);

  /**
   * @param ratio 0 to 1
   * @param message a short line for people
   */
  record Report(double ratio, String message) {}
}
