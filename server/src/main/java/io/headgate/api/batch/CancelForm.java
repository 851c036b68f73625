package io.headgate.api.batch;

import io.headgate.api.DecimalSeconds;
import io.headgate.batch.CancelMode;
import io.headgate.batch.ViolationKind;
import io.headgate.engine.CancelOrder;
import io.headgate.http.InvalidInputException;
import java.math.BigDecimal;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** The body of a cancel request. A null field gets its default. */
record CancelForm(
    @Nullable CancelMode mode, @Nullable BigDecimal graceSeconds, @Nullable String reason) {

  static final CancelForm DEFAULT = new CancelForm(null, null, null);

  CancelForm {
    Duration grace = DecimalSeconds.of(graceSeconds, CancelOrder.DEFAULT_GRACE);
    if (grace.isNegative() || grace.compareTo(CancelOrder.MAX_GRACE) > 0) {
      throw new InvalidInputException(
          "grace_seconds",
          "must be between 0 and " + CancelOrder.MAX_GRACE.toSeconds(),
          ViolationKind.OUT_OF_RANGE);
    }
    if (reason != null && reason.length() > CancelOrder.MAX_REASON) {
      throw new InvalidInputException(
          "reason",
          "must have at most " + CancelOrder.MAX_REASON + " characters",
          ViolationKind.TOO_LONG);
    }
  }

  CancelOrder order() {
    return new CancelOrder(
        mode == null ? CancelMode.DRAIN : mode,
        DecimalSeconds.of(graceSeconds, CancelOrder.DEFAULT_GRACE),
        reason);
  }
}
