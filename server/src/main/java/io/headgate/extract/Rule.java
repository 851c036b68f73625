package io.headgate.extract;

import com.google.re2j.Matcher;
import com.google.re2j.Pattern;
import java.util.Optional;
import java.util.stream.Stream;
import org.jsoup.select.Evaluator;
import org.jspecify.annotations.Nullable;

/**
 * What a schema says about where a value stands. A property with a rule is looked for nowhere else.
 *
 * @param selector CSS; null for the place itself
 * @param attribute empty for the text
 * @param regex its first group, or all of it, is the value; null for the whole text
 */
record Rule(@Nullable Evaluator selector, String attribute, @Nullable Pattern regex) {

  static final Rule NONE = new Rule(null, "", null);

  boolean given() {
    return selector != null || !attribute.isEmpty() || regex != null;
  }

  /** The rule for what stands at an element that the selector has found. */
  Rule withinMatch() {
    return new Rule(null, attribute, regex);
  }

  Optional<String> cut(String text) {
    return cuts(text).findFirst();
  }

  /** Every part of {@code text} that the expression finds, lazily; all of it without one. */
  Stream<String> cuts(String text) {
    if (regex == null) {
      return Stream.of(text);
    }
    Matcher matcher = regex.matcher(text);
    return Stream.generate(() -> matcher.find() ? Optional.of(matched(matcher)) : NOTHING)
        .takeWhile(Optional::isPresent)
        .map(Optional::get)
        .filter(found -> !found.isEmpty());
  }

  private static final Optional<String> NOTHING = Optional.empty();

  private static String matched(Matcher matcher) {
    String group = matcher.groupCount() > 0 ? matcher.group(1) : matcher.group();
    return group == null ? "" : group;
  }
}
