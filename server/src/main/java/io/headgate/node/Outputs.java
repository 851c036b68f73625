package io.headgate.node;

import io.headgate.batch.Ending;
import io.headgate.processor.Outcome;
import java.util.Optional;

/** What processors return, made fit for the database. */
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
            "the output has " + json.length() + " characters, at most " + LONGEST + " are kept",
            false,
            Optional.empty());
  }

  /** PostgreSQL text holds every character but NUL. */
  static String printable(String text) {
    return text.replace("\u0000", "");
  }
}
