package io.headgate.extract;

import java.time.DateTimeException;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.Month;
import java.time.OffsetDateTime;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.time.format.TextStyle;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Converts written dates to ISO 8601. An ambiguous date is rejected. A time of day without a zone
 * stays without one.
 */
final class DateParser {

  private static final Pattern ISO =
      Pattern.compile(
          "(?<!\\d)\\d{4}-\\d{2}-\\d{2}(?:[T ]\\d{2}:\\d{2}(?::\\d{2}(?:\\.\\d{1,9})?)?"
              + "(?<zone>Z| ?[+-]\\d{2}:?\\d{2})?)?(?!\\d)");
  private static final Pattern YEAR_FIRST =
      Pattern.compile(
          "(?<!\\d)(\\d{4})(?:([./])(\\d{1,2})\\2(\\d{1,2})(?!\\d)|年(\\d{1,2})月(\\d{1,2})日)");
  private static final Pattern NUMERIC =
      Pattern.compile("(?<!\\d)(\\d{1,2})([./-])(\\d{1,2})\\2(\\d{4})(?!\\d)");
  private static final Pattern DAY_FIRST =
      Pattern.compile(
          "(?<!\\d)(\\d{1,2})(?:\\.|er|º|°|st|nd|rd|th)? (?:de |of )?(\\p{L}{3,15})\\.?,?(?: de)? (\\d{4})");
  private static final Pattern MONTH_FIRST =
      Pattern.compile("(\\p{L}{3,15})\\.? (\\d{1,2})(?:st|nd|rd|th)?,? (\\d{4})(?!\\d)");
  private static final Pattern TIME =
      Pattern.compile(
          "^(?:,|;)?(?: [–-])?(?: (?:at|um|à|alle|om|a las))? ?(?<hour>\\d{1,2})(?::|h| h )(?<minute>\\d{2})"
              + "(?!\\d)(?: ?(?<half>[aApP])\\.?[mM]\\b)?");

  /** Tried for month names after the page language, which pages often omit or state wrongly. */
  private static final List<Locale> COMMON_LANGUAGES =
      Stream.of("en", "de", "fr", "es", "it", "pt", "nl").map(Locale::forLanguageTag).toList();

  private static final DateTimeFormatter RFC_1123 = DateTimeFormatter.RFC_1123_DATE_TIME;

  private DateParser() {}

  /**
   * @param language of the page as a BCP 47 tag; empty when the page declares none
   * @param dayOnly true to drop the time of day
   */
  static Optional<String> read(String text, String language, boolean dayOnly) {
    Matcher iso = ISO.matcher(text);
    if (iso.find()) {
      String zone = iso.group("zone");
      String time = iso.group().replaceFirst("^(.{10}) ", "$1T").replace(" ", "");
      return readIso(time, zone != null, dayOnly);
    }
    Optional<String> mail = readRfc1123(text, dayOnly);
    return mail.isPresent() ? mail : readWritten(text, language, dayOnly);
  }

  private static Optional<String> readIso(String text, boolean zoned, boolean dayOnly) {
    try {
      if (text.length() == 10 || dayOnly) {
        return Optional.of(LocalDate.parse(text.substring(0, 10)).toString());
      }
      if (!zoned) {
        return Optional.of(DateTimeFormatter.ISO_LOCAL_DATE_TIME.format(LocalDateTime.parse(text)));
      }
      String colon = text.replaceFirst("([+-]\\d{2})(\\d{2})$", "$1:$2");
      return Optional.of(
          DateTimeFormatter.ISO_OFFSET_DATE_TIME.format(OffsetDateTime.parse(colon)));
    } catch (DateTimeException e) {
      return Optional.empty();
    }
  }

  private static Optional<String> readRfc1123(String text, boolean dayOnly) {
    try {
      ZonedDateTime time = ZonedDateTime.parse(text.strip(), RFC_1123);
      return Optional.of(
          dayOnly
              ? time.toLocalDate().toString()
              : DateTimeFormatter.ISO_OFFSET_DATE_TIME.format(time));
    } catch (DateTimeException e) {
      return Optional.empty();
    }
  }

  private static Optional<String> readWritten(String text, String language, boolean dayOnly) {
    String spaced = text.replaceAll("[\\s\\u00a0]+", " ");
    for (DateNotation notation : DateNotation.values()) {
      Matcher found = notation.pattern.matcher(spaced);
      if (found.find()) {
        String after = spaced.substring(found.end());
        return notation
            .read(found, language)
            .map(day -> dayOnly ? day.toString() : withTime(day, after));
      }
    }
    return Optional.empty();
  }

  /** Returns the day, with the time of day that directly follows it, if any. */
  private static String withTime(LocalDate day, String after) {
    Matcher time = TIME.matcher(after);
    if (!time.find()) {
      return day.toString();
    }
    int hour = Integer.parseInt(time.group("hour"));
    String amPm = time.group("half");
    if (amPm != null) {
      hour = hour % 12 + (amPm.equalsIgnoreCase("p") ? 12 : 0);
    }
    int minute = Integer.parseInt(time.group("minute"));
    return hour > 23 || minute > 59
        ? day.toString()
        : DateTimeFormatter.ISO_LOCAL_DATE_TIME.format(day.atTime(hour, minute));
  }

  /** The written forms of a day, in the order in which they are tried. */
  private enum DateNotation {
    YEARS(YEAR_FIRST),
    NUMBERS(NUMERIC),
    DAYS(DAY_FIRST),
    MONTHS(MONTH_FIRST);

    private final Pattern pattern;

    DateNotation(Pattern pattern) {
      this.pattern = pattern;
    }

    Optional<LocalDate> read(Matcher found, String language) {
      return switch (this) {
        case YEARS -> {
          boolean ideographic = found.group(3) == null;
          int month = Integer.parseInt(found.group(ideographic ? 5 : 3));
          yield date(found.group(1), month, found.group(ideographic ? 6 : 4));
        }
        case NUMBERS -> numeric(found, language);
        case DAYS -> date(found.group(3), month(found.group(2), language), found.group(1));
        case MONTHS -> date(found.group(3), month(found.group(1), language), found.group(2));
      };
    }
  }

  private static Optional<LocalDate> numeric(Matcher found, String language) {
    int first = Integer.parseInt(found.group(1));
    int second = Integer.parseInt(found.group(3));
    boolean american = language.equalsIgnoreCase("en-US");
    boolean unspecified = language.isEmpty() || language.equalsIgnoreCase("en");
    boolean dotted = found.group(2).equals(".");
    if (first > 12 || dotted || (!american && !unspecified) || first == second) {
      return date(found.group(4), second, found.group(1));
    }
    return second > 12 || american ? date(found.group(4), first, found.group(3)) : Optional.empty();
  }

  private static Optional<LocalDate> date(String year, int month, String day) {
    try {
      return Optional.of(LocalDate.of(Integer.parseInt(year), month, Integer.parseInt(day)));
    } catch (DateTimeException e) {
      return Optional.empty();
    }
  }

  /**
   * Returns the month (1 to 12) whose name starts with {@code word}, in the page's language first
   * and then in {@link #COMMON_LANGUAGES}; 0 if none does.
   */
  private static int month(String word, String language) {
    String start = word.toLowerCase(Locale.ROOT);
    List<Locale> locales = new ArrayList<>(List.of(Locale.forLanguageTag(language)));
    locales.addAll(COMMON_LANGUAGES);
    for (Locale locale : locales) {
      for (Month month : Month.values()) {
        String name = month.getDisplayName(TextStyle.FULL, locale).toLowerCase(Locale.ROOT);
        if (name.startsWith(start)) {
          return month.getValue();
        }
      }
    }
    return 0;
  }
}
