package io.headgate.webhook;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/** What follows from an attempt to deliver. */
public sealed interface Verdict {

  /** The receiver said 2xx. */
  record Arrived() implements Verdict {}

  /** The same again at {@code due}; what comes after it waits too. */
  record Again(Instant due) implements Verdict {}

  /** It is given up, and so is its endpoint until somebody resumes it. */
  record GivenUp(String reason) implements Verdict {}

  /** The longest wait a receiver may ask for. */
  Duration LONGEST_WAIT = Duration.ofHours(24);

  int GONE = 410;

  /**
   * @param number of the attempt, from 1
   * @param asked the wait that the receiver asks for; zero for none
   */
  static Verdict after(Attempt attempt, int number, Duration asked, Format format, Instant now) {
    if (attempt.arrived()) {
      return new Arrived();
    }
    if (Integer.valueOf(GONE).equals(attempt.status())) {
      return new GivenUp("the receiver answered 410 Gone");
    }
    return format
        .schedule()
        .after(number)
        .<Verdict>map(wait -> new Again(now.plus(longer(wait, asked))))
        .orElseGet(() ->
            new GivenUp(number + " attempts failed, the last one because " + attempt.error()));
  }

  /** A receiver may ask for more time than it would get, never for less. */
  private static Duration longer(Duration wait, Duration asked) {
    Duration bounded = asked.compareTo(LONGEST_WAIT) > 0 ? LONGEST_WAIT : asked;
    return bounded.compareTo(wait) > 0 ? bounded : wait;
  }

  static Delivery.State state(Verdict verdict) {
    return switch (verdict) {
      case Arrived() -> Delivery.State.DELIVERED;
      case Again ignored -> Delivery.State.PENDING;
      case GivenUp ignored -> Delivery.State.FAILED;
    };
  }

  /** Why the endpoint fails with it; empty when it does not. */
  static Optional<String> reason(Verdict verdict) {
    return verdict instanceof GivenUp(String reason) ? Optional.of(reason) : Optional.empty();
  }
}
