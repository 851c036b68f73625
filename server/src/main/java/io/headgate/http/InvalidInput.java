package io.headgate.http;

import io.headgate.batch.Flaw;
import io.headgate.batch.Violation;
import java.util.List;

/**
 * Thrown by the constructor of a record that a client's JSON is read into when values are not
 * allowed. It is mapped to an {@code invalid-request} problem that names the fields.
 */
public final class InvalidInput extends IllegalArgumentException {

  private final transient List<InputError> errors;

  public InvalidInput(List<Violation> violations) {
    super(violations.toString());
    this.errors = violations.stream().map(InputError::of).toList();
  }

  public InvalidInput(String field, String message) {
    this(List.of(new Violation(field, message)));
  }

  public InvalidInput(String field, String message, Flaw flaw) {
    this(List.of(new Violation(field, message, flaw)));
  }

  /** The exception for a required field that is missing. */
  public static InvalidInput missing(String field) {
    return new InvalidInput(List.of(Violation.missing(field)));
  }

  List<InputError> errors() {
    return errors;
  }
}
