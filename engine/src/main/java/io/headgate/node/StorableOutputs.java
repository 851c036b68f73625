package io.headgate.node;

import io.headgate.batch.AttemptResult;
import io.headgate.processor.Outcome;
import java.util.Optional;

/** Converts what processors return into what the database can store. */
final class StorableOutputs {

  /** The longest output kept, in characters. */
  private static final int MAX_CHARACTERS = 16 << 20;

  private StorableOutputs() {}

  static AttemptResult toEnding(Outcome.Succeeded succeeded) {
    String json = succeeded.output().toString();
    return json.length() <= MAX_CHARACTERS
        ? new AttemptResult.AttemptSucceeded(json)
        : new AttemptResult.AttemptFailed(
            "output-too-large",
            "the output has "
                + json.length()
                + " characters; at most "
                + MAX_CHARACTERS
                + " can be stored",
            false,
            Optional.empty());
  }

  /** Removes NUL, the only character that PostgreSQL text cannot store. */
  static String withoutNul(String text) {
    return text.replace("\u0000", "");
  }
}
