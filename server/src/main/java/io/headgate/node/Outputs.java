package io.headgate.node;

import io.headgate.batch.Ending;
import io.headgate.processor.Outcome;
import java.util.Optional;

/** Converts what processors return into what the database can store. */
final class Outputs {

  /** The longest output kept, in characters. */
  private static final int LONGEST = 16 << 20;

  private Outputs() {}

  static Ending ending(Outcome.Succeeded succeeded) {
    String json = succeeded.output().toString();
    return json.length() <= LONGEST
        ? new Ending.Succeeded(json)
        : new Ending.Failed(
            "output-too-large",
            "the output has "
                + json.length()
                + " characters; at most "
                + LONGEST
                + " can be stored",
            false,
            Optional.empty());
  }

  /** Removes NUL, the only character that PostgreSQL text cannot store. */
  static String printable(String text) {
    return text.replace("\u0000", "");
  }
}
