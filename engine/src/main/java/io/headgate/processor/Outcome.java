package io.headgate.processor;

import java.time.Duration;
import java.util.Optional;
import tools.jackson.databind.JsonNode;

/** The result of an attempt, as the processor returns it. */
public sealed interface Outcome {

  record Succeeded(JsonNode output) implements Outcome {}

  /**
   * @param code a stable identifier in kebab-case
   * @param message one sentence for people, without secrets
   * @param retryable true when a later attempt might succeed
   * @param retryAfter the wait that the remote server requested
   */
  record Failed(String code, String message, boolean retryable, Optional<Duration> retryAfter)
      implements Outcome {

    public static Failed retryable(String code, String message) {
      return new Failed(code, message, true, Optional.empty());
    }

    public static Failed permanent(String code, String message) {
      return new Failed(code, message, false, Optional.empty());
    }
  }

  /**
   * The attempt did not begin, because a shared resource was in use until its deadline. It does not
   * count as an attempt, so that slow items of one account cannot fail those of another.
   *
   * @param code as in {@link Failed}; it fails the item only when no further attempt may start
   * @param message as in {@link Failed}
   */
  record ResourceBusy(String code, String message) implements Outcome {}
}
