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

  private static final int MAX_LENGTH = 1_000;

  /** RE2 expands nested repetitions, so the product of their counts is limited. */
  private static final long MAX_REPETITIONS = 1_000;

  private static final java.util.regex.Pattern REPETITION =
      java.util.regex.Pattern.compile("\\{(\\d{1,6})(?:,(\\d{0,6}))?}");

  private SafeRegex() {}

  /** Returns why an expression is rejected; empty if it is accepted. */
  static Optional<String> invalidReason(String regex) {
    if (regex.length() > MAX_LENGTH) {
      return Optional.of("is longer than " + MAX_LENGTH + " characters");
    }
    long repetitions = 1;
    for (MatchResult count :
        (Iterable<MatchResult>) REPETITION.matcher(regex).results()::iterator) {
      String upperBound = count.group(2) == null || count.group(2).isEmpty() ? "" : count.group(2);
      repetitions *=
          Math.max(1, Long.parseLong(upperBound.isEmpty() ? count.group(1) : upperBound));
      if (repetitions > MAX_REPETITIONS) {
        return Optional.of(
            "repeats too much; the product of its counts must be at most " + MAX_REPETITIONS);
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
   * @param regex an expression that {@link #invalidReason} accepts
   */
  static Pattern compile(String regex) {
    return Pattern.compile(regex);
  }
}
