package io.headgate.webhook;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/** What follows from an attempt to deliver an event. */
public sealed interface Verdict {

  /** The receiver returned a 2xx status. */
  record Arrived() implements Verdict {}

  /** Another attempt follows at {@code due}; later events of the endpoint wait for it. */
  record Again(Instant due) implements Verdict {}

  /** The delivery fails, and the endpoint fails until it is resumed. */
  record GivenUp(String reason) implements Verdict {}

  /** The longest wait a receiver may ask for. */
  Duration LONGEST_WAIT = Duration.ofHours(24);

  int GONE = 410;

  /**
   * Decides what follows.
   *
   * @param number of the attempt, from 1
   * @param asked the wait that the receiver asked for; zero for none
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

  /** A receiver may extend the wait of the schedule, not shorten it. */
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

  /** Why the endpoint fails; empty when it does not. */
  static Optional<String> reason(Verdict verdict) {
    return verdict instanceof GivenUp(String reason) ? Optional.of(reason) : Optional.empty();
  }
}
