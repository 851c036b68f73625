package io.headgate.refusal;

import io.headgate.batch.BatchState;
import io.headgate.batch.Flaw;
import io.headgate.batch.Violation;
import io.headgate.engine.Admission;
import io.headgate.engine.ChangeResult;
import io.headgate.http.InputError;
import io.headgate.http.Problem;
import io.headgate.http.ProblemCode;
import io.headgate.http.ProblemException;
import io.headgate.intake.BadLine;
import io.headgate.intake.SubmitResult;
import java.util.List;

/**
 * What engine and intake refuse, as problems: the same for every API, which words them its own way.
 */
public final class Refusals {

  private Refusals() {}

  public static ProblemException notFound() {
    return Problem.notFound().asException();
  }

  public static ProblemException finished(BatchState state) {
    return Problem.of(
            ProblemCode.BATCH_FINISHED,
            "The batch is " + state.word() + "; nothing of it is left to change.")
        .with("state", state.word())
        .asException();
  }

  /** For a batch whose items cannot run again without what was confided to it. */
  public static ProblemException wiped(BatchState state) {
    return Problem.of(
            ProblemCode.BATCH_FINISHED,
            "The batch was given cookies in confidence; they were wiped when it ended, and its items"
                + " would run without them. Submit these items anew where the batch was submitted,"
                + " with their cookies.")
        .with("state", state.word())
        .asException();
  }

  public static ProblemException notFinished(BatchState state) {
    return Problem.of(
            ProblemCode.BATCH_NOT_FINISHED,
            "The batch is " + state.word() + "; wait until it has finished.")
        .with("state", state.word())
        .asException();
  }

  public static ProblemException nothingToDo(String why) {
    return Problem.of(ProblemCode.NOTHING_TO_DO, why).asException();
  }

  public static ProblemException insufficientCredits(long needed, long available) {
    return Problem.of(
            ProblemCode.INSUFFICIENT_CREDITS,
            "This needs " + needed + " credits; the account has " + available + " left.")
        .with("needed", needed)
        .with("available", available)
        .asException();
  }

  public static ProblemException tooManyPending(int limit) {
    return Problem.of(
            ProblemCode.TOO_MANY_PENDING,
            "The account has its limit of " + limit + " unfinished batches.")
        .with("limit", limit)
        .withHeader("Retry-After", "5")
        .asException();
  }

  /** What an admission that is none comes to. */
  public static ProblemException refused(Admission admission) {
    return switch (admission) {
      case Admission.InsufficientCredits(long needed, long available) ->
          insufficientCredits(needed, available);
      case Admission.TooManyPending(int limit) -> tooManyPending(limit);
      case Admission.Admitted() -> throw new IllegalArgumentException("that is no refusal");
    };
  }

  public static ProblemException tooManyItems(int limit) {
    return tooLarge("A batch has at most " + limit + " items.");
  }

  public static ProblemException tooLarge(String detail) {
    return Problem.of(ProblemCode.TOO_LARGE, detail).asException();
  }

  public static ProblemException parameter(String name, String message) {
    return Problem.invalid(InputError.parameter(name, message)).asException();
  }

  /** How many items a change moved; every other result is a refusal. */
  public static int unlessDone(ChangeResult result) {
    return switch (result) {
      case ChangeResult.Done(int items) -> items;
      case ChangeResult.NothingToDo() -> throw nothingToDo("The batch has no item that failed.");
      case ChangeResult.AlreadyFinished(BatchState state) -> throw finished(state);
      case ChangeResult.NotFinished(BatchState state) -> throw notFinished(state);
      case ChangeResult.NoMoreConfided(BatchState state) -> throw wiped(state);
      case ChangeResult.InsufficientCredits(long needed, long available) ->
          throw insufficientCredits(needed, available);
      case ChangeResult.NoSuchBatch() -> throw notFound();
    };
  }

  /**
   * What was stored; every other result is a refusal.
   *
   * @param pointer to the array the items stand in; empty for a stream
   */
  public static SubmitResult.Submitted unlessSubmitted(SubmitResult result, String pointer) {
    return switch (result) {
      case SubmitResult.Submitted done -> done;
      case SubmitResult.InvalidItems(List<BadLine> lines) ->
          throw InvalidItems.problem(lines, pointer);
      case SubmitResult.InvalidOptions(List<Violation> violations) ->
          throw Problem.invalid(
                  violations.stream().map(wrong -> InputError.of(inOptions(wrong))).toList())
              .asException();
      case SubmitResult.NoItems() ->
          throw InvalidItems.problem(
              List.of(new BadLine(0, "", "there is no item", Flaw.MISSING)), pointer);
      case SubmitResult.TooManyItems(int limit) -> throw tooManyItems(limit);
      case SubmitResult.InsufficientCredits(long needed, long available) ->
          throw insufficientCredits(needed, available);
      case SubmitResult.TooManyPending(int limit) -> throw tooManyPending(limit);
    };
  }

  private static Violation inOptions(Violation wrong) {
    String field = wrong.field().isEmpty() ? "options" : "options." + wrong.field();
    return wrong.at(field);
  }
}
