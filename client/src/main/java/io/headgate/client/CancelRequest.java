package io.headgate.client;

import java.math.BigDecimal;
import org.jspecify.annotations.Nullable;

/**
 * How to cancel. A null field takes the server's default.
 *
 * @param graceSeconds how long interrupted items have to stop before they are abandoned
 * @param reason free text that the receipt keeps
 */
public record CancelRequest(
    @Nullable CancelMode mode, @Nullable BigDecimal graceSeconds, @Nullable String reason) {

  /** Lets running items finish. */
  public static CancelRequest drain() {
    return new CancelRequest(CancelMode.DRAIN, null, null);
  }

  /** Interrupts running items and gives them {@code graceSeconds} to stop. */
  public static CancelRequest interrupt(long graceSeconds) {
    return new CancelRequest(CancelMode.INTERRUPT, BigDecimal.valueOf(graceSeconds), null);
  }
}
