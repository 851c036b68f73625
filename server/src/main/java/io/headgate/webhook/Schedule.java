package io.headgate.webhook;

import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** How long to wait after each failed attempt before the next. */
public record Schedule(List<Duration> waits) {

  /** As Standard Webhooks recommends it: the last attempt is about four days after the first. */
  public static final Schedule STANDARD =
      new Schedule(
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

  public Schedule {
    waits = List.copyOf(waits);
  }

  /** The wait after the attempt of this number, from 1; empty when it was the last one. */
  Optional<Duration> after(int attempt) {
    return attempt <= waits.size() ? Optional.of(waits.get(attempt - 1)) : Optional.empty();
  }
}
