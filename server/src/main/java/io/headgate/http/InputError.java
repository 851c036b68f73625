package io.headgate.http;

import com.fasterxml.jackson.annotation.JsonIgnore;
import com.fasterxml.jackson.annotation.JsonInclude;
import io.headgate.batch.Violation;
import io.headgate.batch.ViolationKind;
import org.jspecify.annotations.Nullable;

/**
 * One error in the input of a client.
 *
 * @param pointer JSON Pointer into the body (or into the item of {@code line}); empty for the whole
 *     body and for parameters and headers
 * @param line line of a streamed body, counted from 1; null otherwise
 * @param field the dotted name of the field, or the name of the query parameter or header
 * @param message what is wrong and what is allowed, to be read after the field; without a full stop
 * @param kind the kind of error, for dialects that have a code for it; not in the native API
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record InputError(
    String pointer,
    @Nullable Integer line,
    @Nullable String field,
    String message,
    @JsonIgnore ViolationKind kind) {

  /** An error in the body as a whole. */
  public static InputError ofBody(String message, ViolationKind kind) {
    return new InputError("", null, null, message, kind);
  }

  /** An error in the field with this dotted name. */
  public static InputError field(String field, String message) {
    return of(new Violation(field, message));
  }

  /** The error that the required field with this dotted name is missing. */
  public static InputError missing(String field) {
    return of(Violation.missing(field));
  }

  /** An error in a query parameter or a header. */
  public static InputError parameter(String name, String message) {
    return new InputError("", null, name, message, ViolationKind.MALFORMED);
  }

  public static InputError of(Violation violation) {
    String field = violation.field();
    return field.isEmpty()
        ? ofBody(violation.message(), violation.kind())
        : new InputError(
            "/" + field.replace('.', '/'), null, field, violation.message(), violation.kind());
  }

  /** Returns this error with its pointer and field prefixed by those of the enclosing value. */
  InputError nestedIn(String parentPointer, String parentField) {
    if (parentPointer.isEmpty()) {
      return this;
    }
    String fullField = field == null ? parentField : parentField + "." + field;
    return new InputError(parentPointer + pointer, line, fullField, message, kind);
  }
}
