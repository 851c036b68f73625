package io.headgate.intake;

import com.fasterxml.jackson.annotation.JsonIgnore;
import io.headgate.batch.Flaw;

/**
 * A line that is no item.
 *
 * @param line the line of an NDJSON or CSV stream counted from 1 (for a quoted field that spans
 *     several: the first), or the number of the item in a JSON body counted from 1
 * @param field the path of the offending field, dotted ({@code input.url}); empty for the whole
 * @param message what is wrong, one sentence without a full stop
 * @param flaw of which kind it is
 */
public record BadLine(long line, String field, String message, @JsonIgnore Flaw flaw) {

  /** One that is {@link Flaw#MALFORMED}. */
  public BadLine(long line, String field, String message) {
    this(line, field, message, Flaw.MALFORMED);
  }
}
