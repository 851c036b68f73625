package io.headgate.api;

import io.headgate.batch.BatchState;
import io.headgate.engine.Admission;
import io.headgate.http.InputError;
import io.headgate.http.Problem;
import io.headgate.http.ProblemCode;
import io.headgate.http.ProblemException;

/** Refusals that several operations on batches share. */
final class Refusals {

  private Refusals() {}

  static ProblemException notFound() {
    return Problem.notFound().asException();
  }

  static ProblemException finished(BatchState state) {
    return Problem.of(
            ProblemCode.BATCH_FINISHED,
            "The batch is " + state.word() + "; nothing of it is left to change.")
        .with("state", state.word())
        .asException();
  }

  static ProblemException notFinished(BatchState state) {
    return Problem.of(
            ProblemCode.BATCH_NOT_FINISHED,
            "The batch is " + state.word() + "; wait until it has finished.")
        .with("state", state.word())
        .asException();
  }

  static ProblemException nothingToDo(String why) {
    return Problem.of(ProblemCode.NOTHING_TO_DO, why).asException();
  }

  static ProblemException insufficientCredits(long needed, long available) {
    return Problem.of(
            ProblemCode.INSUFFICIENT_CREDITS,
            "This needs " + needed + " credits; the account has " + available + " left.")
        .with("needed", needed)
        .with("available", available)
        .asException();
  }

  static ProblemException tooManyPending(int limit) {
    return Problem.of(
            ProblemCode.TOO_MANY_PENDING,
            "The account has its limit of " + limit + " unfinished batches.")
        .with("limit", limit)
        .withHeader("Retry-After", "5")
        .asException();
  }

  static ProblemException refused(Admission admission) {
    return switch (admission) {
      case Admission.InsufficientCredits(long needed, long available) ->
          insufficientCredits(needed, available);
      case Admission.TooManyPending(int limit) -> tooManyPending(limit);
      case Admission.Admitted() -> throw new IllegalArgumentException("that is no refusal");
    };
  }

  static ProblemException parameter(String name, String message) {
    return Problem.invalid(InputError.parameter(name, message)).asException();
  }
}
