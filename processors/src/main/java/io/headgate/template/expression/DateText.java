package io.headgate.template.expression;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.util.List;
import java.util.Optional;
import java.util.function.BiFunction;

/** Parses times: ISO 8601 with or without an offset, or milliseconds since 1970. */
final class DateText {

  /** The years 0 to 9999, in milliseconds. */
  private static final double EARLIEST = -62_167_219_200_000.0;

  private static final double LATEST = 253_402_300_799_999.0;

  private static final List<BiFunction<String, ZoneId, ZonedDateTime>> FORMS =
      List.of(
          (text, zone) -> OffsetDateTime.parse(text).atZoneSameInstant(zone),
          (text, zone) -> LocalDateTime.parse(text).atZone(zone),
          (text, zone) -> LocalDate.parse(text).atStartOfDay(zone),
          (text, zone) -> LocalTime.parse(text).atDate(LocalDate.EPOCH).atZone(zone));

  private DateText() {}

  /** Parses a text; a time without an offset is in {@code zone}. */
  static Optional<ZonedDateTime> read(String text, ZoneId zone) {
    String strict = text.strip().replaceFirst("^(\\d{4}-\\d{2}-\\d{2}) (?=\\d)", "$1T");
    for (BiFunction<String, ZoneId, ZonedDateTime> form : FORMS) {
      try {
        return Optional.of(form.apply(strict, zone)).filter(DateText::shownInFourDigits);
      } catch (DateTimeException e) {
        // the next form may fit
      }
    }
    return Optional.empty();
  }

  private static boolean shownInFourDigits(ZonedDateTime moment) {
    return moment.getYear() >= 0 && moment.getYear() <= 9999;
  }

  static ZonedDateTime ofMilliseconds(double milliseconds, ZoneId zone) {
    if (milliseconds < EARLIEST || milliseconds > LATEST) {
      throw new ExpressionException("a time must be of the years 0 to 9999");
    }
    return Instant.ofEpochMilli((long) milliseconds).atZone(zone);
  }
}
