package io.headgate.extract;

import com.google.re2j.Matcher;
import com.google.re2j.Pattern;
import java.util.Optional;
import java.util.stream.Stream;
import org.jsoup.select.Evaluator;
import org.jspecify.annotations.Nullable;

/**
 * An explicit extraction rule of a schema ({@code x-selector}, {@code x-attribute}, {@code
 * x-regex}). A property with a rule is searched nowhere else.
 *
 * @param selector CSS selector; null for the current element
 * @param attribute attribute to read; empty for the text
 * @param regex its first group, or the whole match, is the value; null for the whole text
 */
record ExtractionRule(@Nullable Evaluator selector, String attribute, @Nullable Pattern regex) {

  static final ExtractionRule NONE = new ExtractionRule(null, "", null);

  boolean isDefined() {
    return selector != null || !attribute.isEmpty() || regex != null;
  }

  /** The rule to apply to an element that the selector already matched. */
  ExtractionRule forMatchedElement() {
    return new ExtractionRule(null, attribute, regex);
  }

  Optional<String> firstMatch(String text) {
    return allMatches(text).findFirst();
  }

  /** Returns each non-empty match of the regex in {@code text}, lazily; the text without one. */
  Stream<String> allMatches(String text) {
    if (regex == null) {
      return Stream.of(text);
    }
    Matcher matcher = regex.matcher(text);
    return Stream.generate(() -> matcher.find() ? Optional.of(matchedValue(matcher)) : NO_MATCH)
        .takeWhile(Optional::isPresent)
        .map(Optional::get)
        .filter(found -> !found.isEmpty());
  }

  private static final Optional<String> NO_MATCH = Optional.empty();

  private static String matchedValue(Matcher matcher) {
    String group = matcher.groupCount() > 0 ? matcher.group(1) : matcher.group();
    return group == null ? "" : group;
  }
}
