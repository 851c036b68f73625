package io.headgate.extract;

import com.google.re2j.Pattern;
import com.google.re2j.PatternSyntaxException;
import java.util.Optional;
import java.util.regex.MatchResult;

/**
 * Checks and compiles untrusted regular expressions. They use RE2, whose matching time is linear in
 * the length of the text.
 */
final class SafeRegex {

  private static final int LONGEST = 1_000;

  /** RE2 expands nested repetitions, so the product of their counts is limited. */
  private static final long MOST_REPEATED = 1_000;

  private static final java.util.regex.Pattern COUNTED =
      java.util.regex.Pattern.compile("\\{(\\d{1,6})(?:,(\\d{0,6}))?}");

  private SafeRegex() {}

  /** Returns why an expression is rejected; empty if it is accepted. */
  static Optional<String> objection(String regex) {
    if (regex.length() > LONGEST) {
      return Optional.of("is longer than " + LONGEST + " characters");
    }
    long written = 1;
    for (MatchResult count : (Iterable<MatchResult>) COUNTED.matcher(regex).results()::iterator) {
      String most = count.group(2) == null || count.group(2).isEmpty() ? "" : count.group(2);
      written *= Math.max(1, Long.parseLong(most.isEmpty() ? count.group(1) : most));
      if (written > MOST_REPEATED) {
        return Optional.of(
            "repeats too much; the product of its counts must be at most " + MOST_REPEATED);
      }
    }
    try {
      Pattern.compile(regex);
      return Optional.empty();
    } catch (PatternSyntaxException e) {
      return Optional.of(
          "is not a regular expression in RE2 syntax, which has no look-around or back-references: "
              + e.getDescription());
    }
  }

  /**
   * Compiles an accepted expression.
   *
   * @param regex an expression that {@link #objection} accepts
   */
  static Pattern compile(String regex) {
    return Pattern.compile(regex);
  }
}
