package io.headgate.extract;

import com.google.re2j.Pattern;
import com.google.re2j.PatternSyntaxException;
import java.util.Optional;
import java.util.regex.MatchResult;

/**
 * Regular expressions of strangers, in the syntax of RE2: they take time in proportion to the text,
 * whatever they say.
 */
final class SafeRegex {

  private static final int LONGEST = 1_000;

  /** Repetitions within repetitions are written out one by one, so their product is bounded. */
  private static final long MOST_REPEATED = 1_000;

  private static final java.util.regex.Pattern COUNTED =
      java.util.regex.Pattern.compile("\\{(\\d{1,6})(?:,(\\d{0,6}))?}");

  private SafeRegex() {}

  /** Why an expression is not used; empty when it is. */
  static Optional<String> objection(String regex) {
    if (regex.length() > LONGEST) {
      return Optional.of("is longer than " + LONGEST + " characters");
    }
    long written = 1;
    for (MatchResult count : (Iterable<MatchResult>) COUNTED.matcher(regex).results()::iterator) {
      String most = count.group(2) == null || count.group(2).isEmpty() ? "" : count.group(2);
      written *= Math.max(1, Long.parseLong(most.isEmpty() ? count.group(1) : most));
      if (written > MOST_REPEATED) {
        return Optional.of("repeats too much, its counts may come to " + MOST_REPEATED);
      }
    }
    try {
      Pattern.compile(regex);
      return Optional.empty();
    } catch (PatternSyntaxException e) {
      return Optional.of(
          "is not a regular expression of RE2, which has no look-around and no back-references: "
              + e.getDescription());
    }
  }

  /**
   * @param regex one without {@link #objection}
   */
  static Pattern compile(String regex) {
    return Pattern.compile(regex);
  }
}
