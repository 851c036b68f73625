package io.headgate.batch;

import java.time.Duration;
import java.util.Optional;

/** How an attempt ended, as its node reports it. {@link ItemLaw} decides what follows. */
public sealed interface Ending {

  /**
   * @param output JSON
   */
  record Succeeded(String output) implements Ending {}

  /**
   * @param passing the same attempt may succeed later
   * @param retryAfter the delay that the remote server requested
   */
  record Failed(String code, String message, boolean passing, Optional<Duration> retryAfter)
      implements Ending {}

  /** It was ordered to stop and did. */
  record Interrupted() implements Ending {}

  /** It was ordered to stop and did not in time. */
  record Abandoned() implements Ending {}

  /** Its node stops in good order; the attempt does not count. */
  record HandedBack() implements Ending {}

  /** Its node had no capacity to start it; the attempt does not count. */
  record Unbegun(String code, String message) implements Ending {}

  /** Its node died. */
  record Lost() implements Ending {}
}
