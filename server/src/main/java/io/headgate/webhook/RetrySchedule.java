package io.headgate.webhook;

import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * The waits between attempts.
 *
 * @param waits after the first failed attempt, the second, and so on; after one more the delivery
 *     fails
 */
public record RetrySchedule(List<Duration> waits) {

  /** The schedule of Standard Webhooks: the last attempt is about three days after the first. */
  public static final RetrySchedule STANDARD =
      new RetrySchedule(
          List.of(
              Duration.ofSeconds(5),
              Duration.ofMinutes(5),
              Duration.ofMinutes(30),
              Duration.ofHours(2),
              Duration.ofHours(5),
              Duration.ofHours(10),
              Duration.ofHours(14),
              Duration.ofHours(20),
              Duration.ofHours(24)));

  public RetrySchedule {
    waits = List.copyOf(waits);
  }

  /** The wait after an attempt, counted from 1; empty after the last one. */
  Optional<Duration> waitAfter(int attempt) {
    return attempt <= waits.size() ? Optional.of(waits.get(attempt - 1)) : Optional.empty();
  }
}
