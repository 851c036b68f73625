package io.headgate.intake;

import com.fasterxml.jackson.annotation.JsonIgnore;
import io.headgate.batch.ViolationKind;

/**
 * Why a line of a submit is not a valid item.
 *
 * @param line the line of an NDJSON or CSV stream counted from 1 (for a quoted field that spans
 *     several: the first), or the number of the item in a JSON body counted from 1
 * @param field the path of the offending field, dotted ({@code input.url}); empty for the whole
 * @param message what is wrong, to be read after the field; without a full stop
 * @param kind the kind of error
 */
public record InvalidLine(long line, String field, String message, @JsonIgnore ViolationKind kind) {

  /** An error of the kind {@link ViolationKind#MALFORMED}. */
  public InvalidLine(long line, String field, String message) {
    this(line, field, message, ViolationKind.MALFORMED);
  }
}
