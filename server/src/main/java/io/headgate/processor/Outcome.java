package io.headgate.processor;

import java.time.Duration;
import java.util.Optional;
import tools.jackson.databind.JsonNode;

/** What came of an attempt. */
public sealed interface Outcome {

  record Succeeded(JsonNode output) implements Outcome {}

  /**
   * @param code a stable word for programs, kebab-case
   * @param message one sentence for people, never with a secret in it
   * @param passing true when the same attempt might succeed later
   * @param retryAfter how long the other side asked us to wait
   */
  record Failed(String code, String message, boolean passing, Optional<Duration> retryAfter)
      implements Outcome {

    public static Failed passing(String code, String message) {
      return new Failed(code, message, true, Optional.empty());
    }

    public static Failed lasting(String code, String message) {
      return new Failed(code, message, false, Optional.empty());
    }
  }

  /**
   * It never began: what it needs was in use by others until its deadline. It does not count as an
   * attempt, so that nobody's item fails because others' take long.
   *
   * @param code as in {@link Failed}; it is the item's end only where nothing may start any more
   * @param message as in {@link Failed}
   */
  record Unbegun(String code, String message) implements Outcome {}
}
