package io.headgate.engine;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.UUID;

/**
 * Some batches could not be dealt with; all others were. Each failure is a suppressed exception of
 * this one.
 */
public final class FailedBatchesException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  private final transient Map<UUID, RuntimeException> failures;

  FailedBatchesException(String verb, Map<UUID, RuntimeException> failures) {
    super("%s failed for %d batches: %s".formatted(verb, failures.size(), failures.keySet()));
    this.failures = new LinkedHashMap<>(failures);
    failures.values().forEach(this::addSuppressed);
  }

  /** What was wrong with each batch. */
  public Map<UUID, RuntimeException> failures() {
    return Map.copyOf(failures);
  }
}
