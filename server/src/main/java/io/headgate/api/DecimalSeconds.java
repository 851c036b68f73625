package io.headgate.api;

import java.math.BigDecimal;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** Converts durations that clients send as decimal seconds. */
public final class DecimalSeconds {

  /** Exceeds every limit of the API and does not overflow as milliseconds. */
  private static final BigDecimal MAX_SECONDS = BigDecimal.valueOf(1_000_000_000);

  private DecimalSeconds() {}

  /**
   * Converts seconds to a duration in milliseconds; decimals beyond that are cut off. A negative or
   * too large value stays outside every limit of the API, so that the check of the field still
   * refuses it.
   *
   * @param fallback returned when {@code seconds} is null
   */
  public static Duration of(@Nullable BigDecimal seconds, Duration fallback) {
    if (seconds == null) {
      return fallback;
    }
    if (seconds.signum() < 0) {
      return Duration.ofSeconds(-1);
    }
    return Duration.ofMillis(seconds.min(MAX_SECONDS).movePointRight(3).longValue());
  }
}
