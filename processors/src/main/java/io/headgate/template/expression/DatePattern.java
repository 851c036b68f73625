package io.headgate.template.expression;

import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.time.format.FormatStyle;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * Formats times by patterns with the letters of JavaScript libraries ({@code YYYY-MM-DD HH:mm}),
 * and those of Java where the two do not conflict ({@code yyyy-MM-dd}, {@code EEEE}).
 */
final class DatePattern {

  private static final Map<String, FormatStyle> STYLES =
      Map.of(
          "short", FormatStyle.SHORT,
          "medium", FormatStyle.MEDIUM,
          "long", FormatStyle.LONG,
          "full", FormatStyle.FULL);

  private static final Map<String, String> LETTERS =
      Map.ofEntries(
          Map.entry("YYYY", "uuuu"),
          Map.entry("yyyy", "uuuu"),
          Map.entry("YY", "uu"),
          Map.entry("yy", "uu"),
          Map.entry("MMMM", "MMMM"),
          Map.entry("MMM", "MMM"),
          Map.entry("MM", "MM"),
          Map.entry("M", "M"),
          Map.entry("DD", "dd"),
          Map.entry("dd", "dd"),
          Map.entry("D", "d"),
          Map.entry("d", "d"),
          Map.entry("dddd", "EEEE"),
          Map.entry("EEEE", "EEEE"),
          Map.entry("ddd", "EEE"),
          Map.entry("EEE", "EEE"),
          Map.entry("HH", "HH"),
          Map.entry("H", "H"),
          Map.entry("hh", "hh"),
          Map.entry("h", "h"),
          Map.entry("mm", "mm"),
          Map.entry("m", "m"),
          Map.entry("ss", "ss"),
          Map.entry("s", "s"),
          Map.entry("SSS", "SSS"),
          Map.entry("A", "a"),
          Map.entry("a", "a"),
          Map.entry("Z", "xxx"),
          Map.entry("z", "z"));

  private static final List<Character> QUOTES = List.of('[', '\'');

  private DatePattern() {}

  /** Formats a day by a pattern, or in the locale's short, medium, long or full style. */
  static String date(String pattern, ZonedDateTime moment, Locale locale) {
    FormatStyle style = STYLES.get(pattern);
    return style == null
        ? write(pattern, moment, locale)
        : DateTimeFormatter.ofLocalizedDate(style).withLocale(locale).format(moment);
  }

  /** Formats a time of day in the same way. */
  static String time(String pattern, ZonedDateTime moment, Locale locale) {
    FormatStyle style = STYLES.get(pattern);
    return style == null
        ? write(pattern, moment, locale)
        : DateTimeFormatter.ofLocalizedTime(style).withLocale(locale).format(moment);
  }

  private static String write(String pattern, ZonedDateTime moment, Locale locale) {
    StringBuilder written = new StringBuilder();
    int at = 0;
    while (at < pattern.length()) {
      int end = end(pattern, at);
      written.append(part(pattern.substring(at, end), moment, locale));
      at = end;
    }
    return written.toString();
  }

  private static int end(String pattern, int at) {
    char c = pattern.charAt(at);
    if (QUOTES.contains(c)) {
      int close = pattern.indexOf(c == '[' ? ']' : '\'', at + 1);
      if (close < 0) {
        throw new ExpressionException("the date pattern \"" + pattern + "\" does not close " + c);
      }
      return close + 1;
    }
    int end = at + 1;
    while (letter(c) && end < pattern.length() && pattern.charAt(end) == c) {
      end++;
    }
    return end;
  }

  private static String part(String part, ZonedDateTime moment, Locale locale) {
    if (QUOTES.contains(part.charAt(0))) {
      return part.substring(1, part.length() - 1);
    }
    if (!letter(part.charAt(0))) {
      return part;
    }
    String letters = LETTERS.get(part);
    if (letters == null) {
      throw new ExpressionException(
          "\"" + part + "\" is not a part of a date pattern; write other text in [brackets]");
    }
    return DateTimeFormatter.ofPattern(letters, locale).format(moment);
  }

  private static boolean letter(char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
  }
}
