package io.headgate.batch;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What bounds the run of a batch.
 *
 * @param concurrency items of the batch running at once over all nodes; null for no bound of its
 *     own
 * @param timeout per attempt
 * @param maxAttempts failed attempts an item gets before it is failed
 * @param backoff wait before the second attempt; it doubles with each further one
 * @param maxBackoff the longest such wait
 */
public record Limits(
    @Nullable Integer concurrency,
    Duration timeout,
    int maxAttempts,
    Duration backoff,
    Duration maxBackoff) {

  public static final int MAX_CONCURRENCY = 100_000;
  public static final int MAX_ATTEMPTS = 100;
  public static final Duration MAX_TIMEOUT = Duration.ofDays(1);
  public static final Duration MAX_WAIT = Duration.ofDays(7);

  public static final Limits DEFAULT =
      new Limits(null, Duration.ofSeconds(60), 3, Duration.ofSeconds(1), Duration.ofSeconds(300));

  public Limits {
    List<Violation> violations = check(concurrency, timeout, maxAttempts, backoff, maxBackoff);
    if (!violations.isEmpty()) {
      throw new IllegalArgumentException(violations.toString());
    }
  }

  /**
   * What is wrong with such limits, field by field under {@code limits.}; empty when nothing is.
   */
  public static List<Violation> check(
      @Nullable Integer concurrency,
      Duration timeout,
      int maxAttempts,
      Duration backoff,
      Duration maxBackoff) {
    List<Violation> found = new ArrayList<>();
    if (concurrency != null && (concurrency < 1 || concurrency > MAX_CONCURRENCY)) {
      found.add(
          new Violation(
              "limits.concurrency", "must be 1 to " + MAX_CONCURRENCY, ViolationKind.OUT_OF_RANGE));
    }
    if (timeout.toMillis() < 1 || timeout.compareTo(MAX_TIMEOUT) > 0) {
      found.add(
          new Violation(
              "limits.timeout_seconds", "must be 0.001 to 86400", ViolationKind.OUT_OF_RANGE));
    }
    if (maxAttempts < 1 || maxAttempts > MAX_ATTEMPTS) {
      found.add(
          new Violation(
              "limits.max_attempts", "must be 1 to " + MAX_ATTEMPTS, ViolationKind.OUT_OF_RANGE));
    }
    if (backoff.isNegative() || backoff.compareTo(MAX_WAIT) > 0) {
      found.add(
          new Violation(
              "limits.backoff_seconds", "must be 0 to 604800", ViolationKind.OUT_OF_RANGE));
    }
    if (maxBackoff.isNegative() || maxBackoff.compareTo(MAX_WAIT) > 0) {
      found.add(
          new Violation(
              "limits.max_backoff_seconds", "must be 0 to 604800", ViolationKind.OUT_OF_RANGE));
    }
    return found;
  }
}
