package io.headgate.intake;

import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** One parsed line of a submit. */
sealed interface Line {

  /**
   * A valid item. {@code json} may be part of the reader's buffer; copy it to keep it.
   *
   * @param path path of the input in the line: {@code input}, or empty when the line is the input
   * @param input the parsed input
   * @param json the input as it is stored, in UTF-8; read a duplicate of the buffer
   */
  record Item(
      long number,
      @Nullable String ref,
      @Nullable String parent,
      String path,
      JsonNode input,
      ByteBuffer json)
      implements Line {}

  /** An invalid line; the lines after it can be read. */
  record Bad(BadLine why) implements Line {
    Bad(long number, String field, String message) {
      this(new BadLine(number, field, message));
    }
  }

  /** A line after which the source cannot be read on, so that the whole batch is refused. */
  record Broken(BadLine why) implements Line {}
}
