package io.headgate.intake;

import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** What one line of a submit turned out to be. */
sealed interface Line {

  /**
   * An item. {@code json} may be part of the reader's own buffer: whoever keeps it copies it.
   *
   * @param path where the input stands in the line: {@code input}, or empty when the line is the
   *     input
   * @param input the input to check
   * @param json the input as it is stored, in UTF-8; every reader reads a duplicate
   */
  record Item(
      long number,
      @Nullable String ref,
      @Nullable String parent,
      String path,
      JsonNode input,
      ByteBuffer json)
      implements Line {}

  record Bad(BadLine why) implements Line {
    Bad(long number, String field, String message) {
      this(new BadLine(number, field, message));
    }
  }

  /** Nothing after it can be read either, so not even the good lines before it may be kept. */
  record Broken(BadLine why) implements Line {}
}
