package io.headgate.outbound;

import io.headgate.processor.Outcome;
import java.util.Optional;

/** Converts a failed HTTP request into the failure of its item. */
public final class HttpFailures {

  private HttpFailures() {}

  /** A request without a response; the code of the failure is kept. */
  public static Outcome.Failed of(OutboundResult.OutboundFailure failed) {
    return new Outcome.Failed(
        failed.code(), failed.message(), failed.retryable(), Optional.empty());
  }

  /**
   * A response with an error status. The code is {@code http-<status>}; 408, 425, 429 and 5xx may
   * be retried.
   */
  public static Outcome.Failed of(OutboundResult.Response response) {
    return new Outcome.Failed(
        "http-" + response.status(),
        "the server responded with status " + response.status(),
        response.retryable(),
        response.retryAfter());
  }
}
