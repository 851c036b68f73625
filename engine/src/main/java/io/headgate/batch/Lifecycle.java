package io.headgate.batch;

/**
 * The lifecycle of batches: which state follows which. Pure; the engine turns transitions into SQL.
 */
public final class Lifecycle {

  /** What can happen to a batch. */
  public sealed interface Event {

    /** An exchange claimed its first items. */
    record Started() implements Event {}

    /** Nothing waits and nothing runs any more. */
    record Drained(Counts counts) implements Event {}

    /** A cancel; {@code running} items were running at its fence. */
    record Cancelled(int running) implements Event {}

    /** The failed items wait again. */
    record Retried() implements Event {}
  }

  /** What the event does. */
  public sealed interface Transition {

    record MoveTo(BatchState state) implements Transition {}

    record Stay() implements Transition {}

    /** The event is not allowed in this state. */
    record Refused() implements Transition {}
  }

  private static final Transition STAY = new Transition.Stay();
  private static final Transition REFUSED = new Transition.Refused();

  private Lifecycle() {}

  public static Transition next(BatchState state, Event event) {
    return switch (event) {
      case Event.Started() -> started(state);
      case Event.Drained(Counts counts) -> drained(state, counts);
      case Event.Cancelled(int running) -> cancelled(state, running);
      case Event.Retried() -> retried(state);
    };
  }

  private static Transition started(BatchState state) {
    return switch (state) {
      case PENDING -> new Transition.MoveTo(BatchState.RUNNING);
      case RUNNING -> STAY;
      case COMPLETED, PARTIAL, FAILED, CANCELLING, CANCELLED -> REFUSED;
    };
  }

  private static Transition drained(BatchState state, Counts counts) {
    return switch (state) {
      case PENDING, RUNNING -> new Transition.MoveTo(end(counts));
      case CANCELLING -> new Transition.MoveTo(BatchState.CANCELLED);
      case COMPLETED, PARTIAL, FAILED, CANCELLED -> STAY;
    };
  }

  /** How a batch without a fence ends: items cancelled singly count neither for nor against it. */
  private static BatchState end(Counts counts) {
    if (counts.failed() == 0) {
      return BatchState.COMPLETED;
    }
    return counts.succeeded() == 0 ? BatchState.FAILED : BatchState.PARTIAL;
  }

  private static Transition cancelled(BatchState state, int running) {
    return switch (state) {
      case PENDING, RUNNING ->
          new Transition.MoveTo(running > 0 ? BatchState.CANCELLING : BatchState.CANCELLED);
      case CANCELLING, CANCELLED -> STAY;
      case COMPLETED, PARTIAL, FAILED -> REFUSED;
    };
  }

  private static Transition retried(BatchState state) {
    return switch (state) {
      case PENDING, RUNNING -> STAY;
      case COMPLETED, PARTIAL, FAILED -> new Transition.MoveTo(BatchState.RUNNING);
      case CANCELLING, CANCELLED -> REFUSED;
    };
  }
}
