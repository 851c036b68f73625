package io.headgate.dialect.spidra;

import io.headgate.batch.ViolationKind;
import io.headgate.http.InputError;
import io.headgate.http.Problem;
import io.headgate.http.ProblemCode;
import io.headgate.http.ProblemException;
import java.util.List;
import java.util.Map;

/** The refusals of a request body: 422 with each reason in {@code errors}, or 400. */
final class SpidraRefusals {

  private SpidraRefusals() {}

  static void throwIfAny(List<String> errors) {
    if (!errors.isEmpty()) {
      throw invalid(errors);
    }
  }

  static ProblemException invalid(List<String> errors) {
    return new Problem(
            ProblemCode.INVALID_ITEMS,
            errors.getFirst(),
            errors.stream().map(each -> InputError.ofBody(each, ViolationKind.MALFORMED)).toList(),
            Map.of(),
            Map.of())
        .asException();
  }

  /** Turns the processor's {@code invalid-request} into 422. It usually concerns the schema. */
  static ProblemException fromProcessor(ProblemException refusal) {
    return refusal.problem().code() == ProblemCode.INVALID_REQUEST
        ? invalid(refusal.problem().errors().stream().map(SpidraErrors::sentence).toList())
        : refusal;
  }

  /** A missing field is refused with 400, as the vendor does; other errors in fields with 422. */
  static ProblemException missing(String field) {
    return Problem.of(ProblemCode.INVALID_REQUEST, field + " is required").asException();
  }
}
