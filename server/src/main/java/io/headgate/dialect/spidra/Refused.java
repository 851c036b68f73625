package io.headgate.dialect.spidra;

import io.headgate.batch.Flaw;
import io.headgate.http.InputError;
import io.headgate.http.Problem;
import io.headgate.http.ProblemCode;
import io.headgate.http.ProblemException;
import java.util.List;
import java.util.Map;

/** Bodies that are understood and cannot be obeyed: 422, each reason in {@code errors}. */
final class Refused {

  private Refused() {}

  static void ifAny(List<String> errors) {
    if (!errors.isEmpty()) {
      throw because(errors);
    }
  }

  static ProblemException because(List<String> errors) {
    return new Problem(
            ProblemCode.INVALID_ITEMS,
            errors.getFirst(),
            errors.stream().map(each -> InputError.whole(each, Flaw.MALFORMED)).toList(),
            Map.of(),
            Map.of())
        .asException();
  }

  /** What the processor objects to in options that were made of a wish: its schema, as a rule. */
  static ProblemException byProcessor(ProblemException refusal) {
    return refusal.problem().code() == ProblemCode.INVALID_REQUEST
        ? because(refusal.problem().errors().stream().map(SpidraErrors::sentence).toList())
        : refusal;
  }

  /** The field is not there: the one thing that is 400 and not 422. */
  static ProblemException missing(String field) {
    return Problem.of(ProblemCode.INVALID_REQUEST, field + " is required").asException();
  }
}
