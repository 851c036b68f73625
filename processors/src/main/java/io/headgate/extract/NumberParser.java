package io.headgate.extract;

import java.math.BigDecimal;
import java.text.DecimalFormatSymbols;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;

/** Parses written numbers with currency signs, unit words and either kind of separator. */
final class NumberParser {

  private static final String BLANK = "[ \\u00a0\\u2009\\u202f'’]";
  private static final Pattern NUMBER =
      Pattern.compile(
          "(?<![\\p{L}\\d])(?<!\\d[.,])(?<sign>[-+−]?)\\s?\\p{Sc}?\\s?(?<digits>\\d{1,3}(?:"
              + BLANK
              + "\\d{3}){1,12}(?!\\d)(?:[.,]\\d{1,20})?|\\d{1,40}(?:[.,]\\d{1,40}){0,12}|[.,]\\d{1,40})"
              + "(?<times>[eE][+-]?\\d{1,2}\\b|[kKM]\\b|m\\b(?<=\\p{Sc}.{1,20})"
              + "|\\s(?i:million|billion|mio|mrd|milliarde)(?:s|en|n)?\\b)?");
  private static final Pattern ALLOWED_AROUND = Pattern.compile("[\\s\\p{Sc}%]|[A-Z]{3}\\b");
  private static final Pattern GROUPED =
      Pattern.compile("\\d{1,3}(?:[.,]\\d{3})+|\\d{1,2}(?:,\\d{2})+,\\d{3}");

  /** A dash in place of the fraction, as in {@code 1.299,–}: earlier separators group digits. */
  private static final Pattern NO_FRACTION = Pattern.compile("^[.,][-–—]");

  private static final Pattern AMBIGUOUS = Pattern.compile("-?[1-9]\\d{0,2}\\.\\d{3}");

  private NumberParser() {}

  /**
   * Parses the first number in a text.
   *
   * @param exact true if the text may contain only the number, currency signs and percent signs
   */
  static Optional<BigDecimal> read(String text, Locale locale, boolean exact) {
    Matcher number = NUMBER.matcher(text);
    if (!number.find()) {
      return Optional.empty();
    }
    String rest = text.substring(0, number.start()) + text.substring(number.end());
    if (exact && !ALLOWED_AROUND.matcher(rest).replaceAll("").isEmpty()) {
      return Optional.empty();
    }
    String digits = number.group("digits").replaceAll(BLANK, "");
    boolean minus = number.group("sign").equals("-") || number.group("sign").equals("−");
    boolean grouped =
        NO_FRACTION.matcher(text.substring(number.end("digits"))).find()
            && GROUPED.matcher(digits).matches();
    return (grouped ? Optional.of(digits.replaceAll("[.,]", "")) : normalized(digits, locale))
        .map(BigDecimal::new)
        .map(n -> n.scaleByPowerOfTen(power(number.group("times"), locale)))
        .map(n -> minus ? n.negate() : n);
  }

  /** The power of ten that a suffix such as {@code k} or {@code Mio.} stands for. */
  private static int power(@Nullable String suffix, Locale locale) {
    String word = suffix == null ? "" : suffix.strip().toLowerCase(Locale.ROOT);
    if (word.matches("e[+-]?\\d+")) {
      return Integer.parseInt(word.substring(1));
    }
    if (word.startsWith("billion")) {
      return List.of("", "en").contains(locale.getLanguage()) ? 9 : 12;
    }
    return word.isEmpty()
        ? 0
        : word.equals("k") ? 3 : word.startsWith("mrd") || word.startsWith("milliar") ? 9 : 6;
  }

  /**
   * Reads text that was written for programs, where the decimal separator is always a point.
   * Returns a number if the locale would read that point as a thousands separator, else the text.
   */
  static JsonNode machineReadable(String text, Locale locale) {
    boolean ambiguous =
        text.length() < 9
            && DecimalFormatSymbols.getInstance(locale).getGroupingSeparator() == '.'
            && AMBIGUOUS.matcher(text).matches();
    return ambiguous
        ? JsonNodeFactory.instance.numberNode(new BigDecimal(text))
        : JsonNodeFactory.instance.stringNode(text);
  }

  /** Removes group separators and uses a decimal point; empty for dates and version numbers. */
  private static Optional<String> normalized(String digits, Locale locale) {
    int comma = digits.lastIndexOf(',');
    int point = digits.lastIndexOf('.');
    if (comma >= 0 && point >= 0) {
      char fraction = comma > point ? ',' : '.';
      String groups = digits.substring(0, Math.max(comma, point));
      return groups.indexOf(fraction) >= 0 || !GROUPED.matcher(groups).matches()
          ? Optional.empty()
          : Optional.of(
              groups.replaceAll("[.,]", "") + "." + digits.substring(groups.length() + 1));
    }
    char separator = comma >= 0 ? ',' : '.';
    int last = Math.max(comma, point);
    if (last < 0) {
      return Optional.of(digits);
    }
    if (digits.indexOf(separator) != last) {
      return GROUPED.matcher(digits).matches()
          ? Optional.of(digits.replaceAll("[.,]", ""))
          : Optional.empty();
    }
    boolean group =
        GROUPED.matcher(digits).matches()
            && !digits.startsWith("0")
            && DecimalFormatSymbols.getInstance(locale).getGroupingSeparator() == separator;
    return Optional.of(group ? digits.replaceAll("[.,]", "") : digits.replace(',', '.'));
  }
}
