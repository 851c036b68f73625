package io.headgate.cli;

import io.headgate.client.CancelMode;
import io.headgate.client.CancelRequest;
import java.math.BigDecimal;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** The options of a cancel. */
final class CancelOptions {

  @Option(
      names = "--mode",
      description = "What happens to running items: drain (finish) or interrupt (stop and refund)")
  private @Nullable CancelMode mode;

  @Option(
      names = "--grace",
      paramLabel = "SECONDS",
      description = "How long interrupted items have to stop before they are abandoned")
  private @Nullable BigDecimal grace;

  @Option(
      names = "--reason",
      paramLabel = "TEXT",
      description = "The reason, which the receipt keeps")
  private @Nullable String reason;

  CancelRequest request() {
    return new CancelRequest(mode, grace, reason);
  }

  @Nullable CancelMode mode() {
    return mode;
  }

  boolean hasOtherThanMode() {
    return grace != null || reason != null;
  }
}
