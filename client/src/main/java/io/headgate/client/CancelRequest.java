package io.headgate.client;

import java.math.BigDecimal;
import org.jspecify.annotations.Nullable;

/**
 * How to cancel; null leaves a field to the server's default.
 *
 * @param graceSeconds how long running items get before they are interrupted
 */
public record CancelRequest(
    @Nullable CancelMode mode, @Nullable BigDecimal graceSeconds, @Nullable String reason) {

  public static CancelRequest drain() {
    return new CancelRequest(CancelMode.DRAIN, null, null);
  }

  public static CancelRequest interrupt(long graceSeconds) {
    return new CancelRequest(CancelMode.INTERRUPT, BigDecimal.valueOf(graceSeconds), null);
  }
}
