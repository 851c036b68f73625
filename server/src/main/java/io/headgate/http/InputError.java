package io.headgate.http;

import com.fasterxml.jackson.annotation.JsonIgnore;
import com.fasterxml.jackson.annotation.JsonInclude;
import io.headgate.batch.Flaw;
import io.headgate.batch.Violation;
import org.jspecify.annotations.Nullable;

/**
 * One thing wrong with what a client sent.
 *
 * @param pointer JSON Pointer into the body (or into the item of {@code line}); empty for the whole
 *     and for what is not in the body
 * @param line of a streamed body, from 1
 * @param field the dotted name of the field, or the name of the query parameter
 * @param message what is wrong and what would be right, one sentence without a full stop
 * @param flaw of which kind it is, for vendors that have codes for it; the native API has none
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record InputError(
    String pointer,
    @Nullable Integer line,
    @Nullable String field,
    String message,
    @JsonIgnore Flaw flaw) {

  /** About the body as a whole. */
  public static InputError whole(String message, Flaw flaw) {
    return new InputError("", null, null, message, flaw);
  }

  /** About a field of the body, by its dotted name. */
  public static InputError field(String field, String message) {
    return of(new Violation(field, message));
  }

  /** A field of the body that has to be there, and is not. */
  public static InputError missing(String field) {
    return of(Violation.missing(field));
  }

  /** About a query parameter or a header. */
  public static InputError parameter(String name, String message) {
    return new InputError("", null, name, message, Flaw.MALFORMED);
  }

  public static InputError of(Violation violation) {
    String field = violation.field();
    return field.isEmpty()
        ? whole(violation.message(), violation.flaw())
        : new InputError(
            "/" + field.replace('.', '/'), null, field, violation.message(), violation.flaw());
  }

  /** The same, for a value that stands inside another one. */
  InputError under(String parentPointer, String parentField) {
    if (parentPointer.isEmpty()) {
      return this;
    }
    String whole = field == null ? parentField : parentField + "." + field;
    return new InputError(parentPointer + pointer, line, whole, message, flaw);
  }
}
