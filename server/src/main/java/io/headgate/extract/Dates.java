package io.headgate.extract;

import java.time.DateTimeException;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.Month;
import java.time.OffsetDateTime;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.time.format.TextStyle;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Dates as people write them, made ISO 8601. What could be two dates is none; a time of day without
 * a zone stays without one.
 */
final class Dates {

  private static final Pattern ISO =
      Pattern.compile(
          "(?<!\\d)\\d{4}-\\d{2}-\\d{2}(?:[T ]\\d{2}:\\d{2}(?::\\d{2}(?:\\.\\d{1,9})?)?"
              + "(?<zone>Z|[+-]\\d{2}:?\\d{2})?)?(?!\\d)");
  private static final Pattern NUMERIC =
      Pattern.compile("(?<!\\d)(\\d{1,2})([./-])(\\d{1,2})\\2(\\d{4})(?!\\d)");
  private static final Pattern DAY_FIRST =
      Pattern.compile(
          "(?<!\\d)(\\d{1,2})(?:\\.|st|nd|rd|th)? (?:de )?(\\p{L}{3,15})\\.?,?(?: de)? (\\d{4})");
  private static final Pattern MONTH_FIRST =
      Pattern.compile("(\\p{L}{3,15})\\.? (\\d{1,2})(?:st|nd|rd|th)?,? (\\d{4})(?!\\d)");
  private static final DateTimeFormatter MAIL = DateTimeFormatter.RFC_1123_DATE_TIME;

  private Dates() {}

  /**
   * @param language of the page; empty when it does not say
   * @param dayOnly true to leave the time of day out
   */
  static Optional<String> read(String text, String language, boolean dayOnly) {
    Matcher iso = ISO.matcher(text);
    if (iso.find()) {
      return iso(iso.group().replace(' ', 'T'), iso.group("zone") != null, dayOnly);
    }
    Optional<String> mail = mail(text, dayOnly);
    return mail.isPresent() ? mail : written(text, language).map(LocalDate::toString);
  }

  private static Optional<String> iso(String text, boolean zoned, boolean dayOnly) {
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

  private static Optional<String> mail(String text, boolean dayOnly) {
    try {
      ZonedDateTime time = ZonedDateTime.parse(text.strip(), MAIL);
      return Optional.of(
          dayOnly
              ? time.toLocalDate().toString()
              : DateTimeFormatter.ISO_OFFSET_DATE_TIME.format(time));
    } catch (DateTimeException e) {
      return Optional.empty();
    }
  }

  private static Optional<LocalDate> written(String text, String language) {
    String spaced = text.replaceAll("[\\s\\u00a0]+", " ");
    Matcher numeric = NUMERIC.matcher(spaced);
    if (numeric.find()) {
      return numeric(numeric, language);
    }
    Matcher dayFirst = DAY_FIRST.matcher(spaced);
    if (dayFirst.find()) {
      return date(dayFirst.group(3), month(dayFirst.group(2), language), dayFirst.group(1));
    }
    Matcher monthFirst = MONTH_FIRST.matcher(spaced);
    return monthFirst.find()
        ? date(monthFirst.group(3), month(monthFirst.group(1), language), monthFirst.group(2))
        : Optional.empty();
  }

  private static Optional<LocalDate> numeric(Matcher found, String language) {
    int first = Integer.parseInt(found.group(1));
    int second = Integer.parseInt(found.group(3));
    boolean american = language.equalsIgnoreCase("en-US");
    boolean unsaid = language.isEmpty() || language.equalsIgnoreCase("en");
    boolean points = found.group(2).equals(".");
    if (first > 12 || points || (!american && !unsaid) || first == second) {
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

  /** 1 to 12, by the first letters of its name in the page's language or in English; else 0. */
  private static int month(String word, String language) {
    String start = word.toLowerCase(Locale.ROOT);
    for (Locale locale : List.of(Locale.forLanguageTag(language), Locale.ENGLISH)) {
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
