package io.headgate.engine;

/**
 * Whether a new batch is admitted. Anything but {@code Admitted} must roll its transaction back.
 */
public sealed interface AdmissionResult {

  record Admitted() implements AdmissionResult {}

  /** Credits do not cover it: {@code needed} against {@code available}, in credits. */
  record InsufficientCredits(long needed, long available) implements AdmissionResult {}

  /** The account has {@code limit} live batches already. */
  record TooManyPending(int limit) implements AdmissionResult {}
}
