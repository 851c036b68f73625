package io.headgate.processor;

import io.headgate.outbound.Answer;
import java.util.Optional;

/** What an item's failure is when a request went wrong. */
public final class FailedAnswer {

  private FailedAnswer() {}

  /** No response: the code says why. */
  public static Outcome.Failed of(Answer.Failed failed) {
    return new Outcome.Failed(failed.code(), failed.message(), failed.passing(), Optional.empty());
  }

  /**
   * A response with a status that is no success, code {@code http-<status>}: 408, 425, 429 and 5xx
   * pass, the others last.
   */
  public static Outcome.Failed of(Answer.Response response) {
    return new Outcome.Failed(
        "http-" + response.status(),
        "the server answered with status " + response.status(),
        response.passing(),
        response.retryAfter());
  }
}
