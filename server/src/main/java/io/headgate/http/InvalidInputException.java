package io.headgate.http;

import io.headgate.batch.Violation;
import io.headgate.batch.ViolationKind;
import java.util.List;

/**
 * Thrown by the constructor of a record that a client's JSON is read into when values are not
 * allowed. It is mapped to an {@code invalid-request} problem that names the fields.
 */
public final class InvalidInputException extends IllegalArgumentException {

  private final transient List<InputError> errors;

  public InvalidInputException(List<Violation> violations) {
    super(violations.toString());
    this.errors = violations.stream().map(InputError::of).toList();
  }

  public InvalidInputException(String field, String message) {
    this(List.of(new Violation(field, message)));
  }

  public InvalidInputException(String field, String message, ViolationKind kind) {
    this(List.of(new Violation(field, message, kind)));
  }

  /** The exception for a required field that is missing. */
  public static InvalidInputException missing(String field) {
    return new InvalidInputException(List.of(Violation.missing(field)));
  }

  List<InputError> errors() {
    return errors;
  }
}
