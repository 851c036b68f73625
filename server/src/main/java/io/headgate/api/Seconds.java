package io.headgate.api;

import java.math.BigDecimal;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** Durations as clients write them: seconds, with decimals where they like. */
public final class Seconds {

  /** Longer than anything the API allows, and small enough to reckon with. */
  private static final BigDecimal MOST = BigDecimal.valueOf(1_000_000_000);

  private Seconds() {}

  /** To the millisecond; what no limit allows stays something no limit allows. */
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
