package io.headgate.intake;

import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** One parsed line of a submit. */
sealed interface ItemLine {

  /**
   * A valid item. {@code json} may be part of the reader's buffer; copy it to keep it.
   *
   * @param inputPath path of the input in the line: {@code input}, or empty when the line is the
   *     input
   * @param input the parsed input
   * @param json the input as it is stored, in UTF-8; read a duplicate of the buffer
   */
  record ValidLine(
      long number,
      @Nullable String ref,
      @Nullable String parent,
      String inputPath,
      JsonNode input,
      ByteBuffer json)
      implements ItemLine {}

  /** An invalid line; the lines after it can be read. */
  record RejectedLine(InvalidLine error) implements ItemLine {
    RejectedLine(long number, String field, String message) {
      this(new InvalidLine(number, field, message));
    }
  }

  /** A line after which the source cannot be read on, so that the whole batch is refused. */
  record BrokenLine(InvalidLine error) implements ItemLine {}
}
