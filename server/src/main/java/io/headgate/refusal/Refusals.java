package io.headgate.refusal;

import io.headgate.batch.BatchState;
import io.headgate.batch.Violation;
import io.headgate.batch.ViolationKind;
import io.headgate.engine.AdmissionResult;
import io.headgate.engine.PauseOrRetryResult;
import io.headgate.http.InputError;
import io.headgate.http.Problem;
import io.headgate.http.ProblemCode;
import io.headgate.http.ProblemException;
import io.headgate.intake.InvalidLine;
import io.headgate.intake.SubmitResult;
import java.util.List;

/**
 * Converts refusals of the engine and the intake into problems. Every API uses the same problem
 * codes; a dialect translates them into the errors of its vendor.
 */
public final class Refusals {

  private Refusals() {}

  public static ProblemException notFound() {
    return Problem.notFound().asException();
  }

  public static ProblemException finished(BatchState state) {
    return Problem.of(
            ProblemCode.BATCH_FINISHED,
            "The batch is " + state.text() + " and can no longer be changed.")
        .withExtension("state", state.text())
        .asException();
  }

  /** Refuses to run items of a batch again whose secret options were deleted when it ended. */
  public static ProblemException secretsDeleted(BatchState state) {
    return Problem.of(
            ProblemCode.BATCH_FINISHED,
            "The batch was submitted with cookies, which were deleted when it ended, so its items"
                + " cannot run again. Submit the items as a new batch, with their cookies, through"
                + " the API that the batch was submitted with.")
        .withExtension("state", state.text())
        .asException();
  }

  public static ProblemException notFinished(BatchState state) {
    return Problem.of(
            ProblemCode.BATCH_NOT_FINISHED,
            "The batch is " + state.text() + ". Wait until it has ended, or cancel it.")
        .withExtension("state", state.text())
        .asException();
  }

  public static ProblemException nothingToDo(String why) {
    return Problem.of(ProblemCode.NOTHING_TO_DO, why).asException();
  }

  public static ProblemException insufficientCredits(long needed, long available) {
    return Problem.of(
            ProblemCode.INSUFFICIENT_CREDITS,
            "The operation needs "
                + needed
                + " credits; the account has "
                + available
                + " available.")
        .withExtension("needed", needed)
        .withExtension("available", available)
        .asException();
  }

  public static ProblemException tooManyPending(int limit) {
    return Problem.of(
            ProblemCode.TOO_MANY_PENDING,
            "The account has reached its limit of "
                + limit
                + " unfinished batches. Wait until one has ended, or cancel one.")
        .withExtension("limit", limit)
        .withHeader("Retry-After", "5")
        .asException();
  }

  /**
   * Returns the problem for an admission that is a refusal.
   *
   * @throws IllegalArgumentException if the batch was admitted
   */
  public static ProblemException admissionRefused(AdmissionResult admission) {
    return switch (admission) {
      case AdmissionResult.InsufficientCredits(long needed, long available) ->
          insufficientCredits(needed, available);
      case AdmissionResult.TooManyPending(int limit) -> tooManyPending(limit);
      case AdmissionResult.Admitted() ->
          throw new IllegalArgumentException("the batch was admitted");
    };
  }

  public static ProblemException tooManyItems(int limit) {
    return tooLarge("A batch can have at most " + limit + " items. Submit several batches.");
  }

  public static ProblemException tooLarge(String detail) {
    return Problem.of(ProblemCode.TOO_LARGE, detail).asException();
  }

  public static ProblemException parameter(String name, String message) {
    return Problem.invalid(InputError.parameter(name, message)).asException();
  }

  /**
   * Returns how many items were changed.
   *
   * @throws ProblemException for every other result
   */
  public static int requireDone(PauseOrRetryResult result) {
    return switch (result) {
      case PauseOrRetryResult.Applied(int items) -> items;
      case PauseOrRetryResult.NothingToRetry() ->
          throw nothingToDo("The batch has no failed items.");
      case PauseOrRetryResult.PauseAlreadyFinished(BatchState state) -> throw finished(state);
      case PauseOrRetryResult.RetryNotFinished(BatchState state) -> throw notFinished(state);
      case PauseOrRetryResult.SecretOptionsErased(BatchState state) -> throw secretsDeleted(state);
      case PauseOrRetryResult.RetryInsufficientCredits(long needed, long available) ->
          throw insufficientCredits(needed, available);
      case PauseOrRetryResult.PauseOrRetryNoSuchBatch() -> throw notFound();
    };
  }

  /**
   * Returns the submitted batch.
   *
   * @param pointer JSON Pointer to the array of items; empty for a stream
   * @throws ProblemException for every other result
   */
  public static SubmitResult.Submitted requireSubmitted(SubmitResult result, String pointer) {
    return switch (result) {
      case SubmitResult.Submitted done -> done;
      case SubmitResult.InvalidItems(List<InvalidLine> lines) ->
          throw InvalidItemsProblem.problem(lines, pointer);
      case SubmitResult.InvalidOptions(List<Violation> violations) ->
          throw Problem.invalid(
                  violations.stream()
                      .map(violation -> InputError.of(underOptions(violation)))
                      .toList())
              .asException();
      case SubmitResult.NoItems() ->
          throw InvalidItemsProblem.problem(
              List.of(new InvalidLine(0, "", "the batch has no items", ViolationKind.MISSING)),
              pointer);
      case SubmitResult.TooManyItems(int limit) -> throw tooManyItems(limit);
      case SubmitResult.SubmitInsufficientCredits(long needed, long available) ->
          throw insufficientCredits(needed, available);
      case SubmitResult.SubmitTooManyPending(int limit) -> throw tooManyPending(limit);
    };
  }

  private static Violation underOptions(Violation violation) {
    String field = violation.field().isEmpty() ? "options" : "options." + violation.field();
    return violation.at(field);
  }
}
