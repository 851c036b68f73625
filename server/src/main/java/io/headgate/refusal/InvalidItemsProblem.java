package io.headgate.refusal;

import io.headgate.http.InputError;
import io.headgate.http.Problem;
import io.headgate.http.ProblemCode;
import io.headgate.http.ProblemException;
import io.headgate.intake.InvalidLine;
import java.util.List;
import java.util.Map;

/** Converts the invalid lines of a submit into a problem that names line and field. */
final class InvalidItemsProblem {

  private InvalidItemsProblem() {}

  static ProblemException problem(List<InvalidLine> lines, String pointer) {
    List<InputError> errors = lines.stream().map(line -> error(line, pointer)).toList();
    InvalidLine first = lines.getFirst();
    String where =
        first.line() == 0 ? "" : (pointer.isEmpty() ? "Line " : "Item ") + first.line() + ": ";
    String field = first.field().isEmpty() ? "" : first.field() + " ";
    return new Problem(
            ProblemCode.INVALID_ITEMS,
            where + field + first.message() + ". Nothing was stored.",
            errors,
            Map.of(),
            Map.of())
        .asException();
  }

  private static InputError error(InvalidLine line, String pointer) {
    String inLine = line.field().isEmpty() ? "" : "/" + line.field().replace('.', '/');
    String field = line.field().isEmpty() ? null : line.field();
    if (line.line() == 0) {
      return new InputError(pointer, null, field, line.message(), line.kind());
    }
    return pointer.isEmpty()
        ? new InputError(inLine, Math.toIntExact(line.line()), field, line.message(), line.kind())
        : new InputError(
            pointer + "/" + (line.line() - 1) + inLine, null, field, line.message(), line.kind());
  }
}
