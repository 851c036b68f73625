package io.headgate.webhook;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/** What follows from an attempt to deliver an event. */
public sealed interface DeliveryOutcome {

  /** The receiver returned a 2xx status. */
  record Delivered() implements DeliveryOutcome {}

  /** Another attempt follows at {@code due}; later events of the endpoint wait for it. */
  record RetryDue(Instant due) implements DeliveryOutcome {}

  /** The delivery fails, and the endpoint fails until it is resumed. */
  record DeliveryFailed(String reason) implements DeliveryOutcome {}

  /** The longest wait a receiver may ask for. */
  Duration LONGEST_WAIT = Duration.ofHours(24);

  int GONE = 410;

  /**
   * Decides what follows.
   *
   * @param number of the attempt, from 1
   * @param requestedWait the wait that the receiver requested; zero for none
   */
  static DeliveryOutcome after(
      DeliveryAttempt attempt,
      int number,
      Duration requestedWait,
      WebhookFormat format,
      Instant now) {
    if (attempt.accepted()) {
      return new Delivered();
    }
    if (Integer.valueOf(GONE).equals(attempt.status())) {
      return new DeliveryFailed("the receiver responded with 410 Gone");
    }
    return format
        .schedule()
        .waitAfter(number)
        .<DeliveryOutcome>map(wait -> new RetryDue(now.plus(extended(wait, requestedWait))))
        .orElseGet(() ->
            new DeliveryFailed(
                number + " attempts failed, the last one because " + attempt.error()));
  }

  /** A receiver may extend the wait of the schedule, not shorten it. */
  private static Duration extended(Duration wait, Duration requestedWait) {
    Duration bounded = requestedWait.compareTo(LONGEST_WAIT) > 0 ? LONGEST_WAIT : requestedWait;
    return bounded.compareTo(wait) > 0 ? bounded : wait;
  }

  static Delivery.DeliveryState state(DeliveryOutcome outcome) {
    return switch (outcome) {
      case Delivered() -> Delivery.DeliveryState.DELIVERED;
      case RetryDue ignored -> Delivery.DeliveryState.PENDING;
      case DeliveryFailed ignored -> Delivery.DeliveryState.FAILED;
    };
  }

  /** Why the endpoint fails; empty when it does not. */
  static Optional<String> reason(DeliveryOutcome outcome) {
    return outcome instanceof DeliveryFailed(String reason)
        ? Optional.of(reason)
        : Optional.empty();
  }
}
