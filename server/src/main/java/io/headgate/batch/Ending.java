package io.headgate.batch;

import java.time.Duration;
import java.util.Optional;

/** How an attempt ended, as whoever ran it reports it. {@link ItemLaw} says what follows. */
public sealed interface Ending {

  /**
   * @param output JSON
   */
  record Succeeded(String output) implements Ending {}

  /**
   * @param passing the same attempt might succeed later
   * @param retryAfter what the other side asked for
   */
  record Failed(String code, String message, boolean passing, Optional<Duration> retryAfter)
      implements Ending {}

  /** It was told to stop and did. */
  record Interrupted() implements Ending {}

  /** It was told to stop and did not in time. */
  record Abandoned() implements Ending {}

  /** Its node stops in good order; the attempt does not count. */
  record HandedBack() implements Ending {}

  /** It found no room on its node to begin; the attempt does not count. */
  record Unbegun(String code, String message) implements Ending {}

  /** Its node died. */
  record Lost() implements Ending {}
}
