package io.headgate.batch;

import java.time.Duration;
import java.util.Optional;

/** How an attempt ended, as its node reports it. {@link ItemLifecycle} decides what follows. */
public sealed interface AttemptResult {

  /**
   * @param output JSON
   */
  record AttemptSucceeded(String output) implements AttemptResult {}

  /**
   * @param retryable the same attempt may succeed later
   * @param retryAfter the delay that the remote server requested
   */
  record AttemptFailed(
      String code, String message, boolean retryable, Optional<Duration> retryAfter)
      implements AttemptResult {}

  /** It was ordered to stop and did. */
  record Interrupted() implements AttemptResult {}

  /** It was ordered to stop and did not in time. */
  record Abandoned() implements AttemptResult {}

  /** Its node stops in good order; the attempt does not count. */
  record HandedBack() implements AttemptResult {}

  /** Its node had no capacity to start it; the attempt does not count. */
  record NotStarted(String code, String message) implements AttemptResult {}

  /** Its node crashed or was declared dead. */
  record Lost() implements AttemptResult {}
}
