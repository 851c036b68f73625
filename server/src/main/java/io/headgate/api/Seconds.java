package io.headgate.api;

import java.math.BigDecimal;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** Converts durations that clients send as decimal seconds. */
public final class Seconds {

  /** Exceeds every limit of the API and does not overflow as milliseconds. */
  private static final BigDecimal MOST = BigDecimal.valueOf(1_000_000_000);

  private Seconds() {}

  /**
   * Converts seconds to a duration in milliseconds; decimals beyond that are cut off. A negative or
   * too large value stays outside every limit of the API, so that the check of the field still
   * refuses it.
   *
   * @param otherwise returned when {@code seconds} is null
   */
  public static Duration of(@Nullable BigDecimal seconds, Duration otherwise) {
    if (seconds == null) {
      return otherwise;
    }
    if (seconds.signum() < 0) {
      return Duration.ofSeconds(-1);
    }
    return Duration.ofMillis(seconds.min(MOST).movePointRight(3).longValue());
  }
}
