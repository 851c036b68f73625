package io.headgate.engine;

import io.headgate.batch.CancelMode;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * How to cancel.
 *
 * @param grace how long interrupted items may run on before they are abandoned; 0 to 1 hour
 * @param reason a text of the client, at most 1,000 characters
 */
public record CancelOrder(CancelMode mode, Duration grace, @Nullable String reason) {

  public static final Duration DEFAULT_GRACE = Duration.ofSeconds(30);
  public static final Duration MAX_GRACE = Duration.ofHours(1);
  public static final int MAX_REASON = 1_000;

  public CancelOrder {
    if (grace.isNegative() || grace.compareTo(MAX_GRACE) > 0) {
      throw new IllegalArgumentException("grace_seconds must be 0 to 3600");
    }
    if (reason != null && reason.length() > MAX_REASON) {
      throw new IllegalArgumentException("reason must have at most 1000 characters");
    }
  }
}
