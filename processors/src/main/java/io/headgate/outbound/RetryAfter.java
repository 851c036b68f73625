package io.headgate.outbound;

import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.Optional;
import java.util.regex.Pattern;

/** Parses the header {@code Retry-After}: seconds or an HTTP date, RFC 9110. */
public final class RetryAfter {

  private static final Pattern SECONDS = Pattern.compile("[0-9]+");
  private static final Duration MAX_WAIT = Duration.ofDays(7);
  private static final int MAX_DIGITS = 9;

  private RetryAfter() {}

  /** The wait from {@code now}, between zero and seven days; empty when the value is invalid. */
  public static Optional<Duration> parse(String value, Instant now) {
    String text = value.strip();
    if (SECONDS.matcher(text).matches()) {
      String digits = text.length() > MAX_DIGITS ? "9".repeat(MAX_DIGITS) : text;
      return Optional.of(bounded(Duration.ofSeconds(Long.parseLong(digits))));
    }
    return date(text).map(at -> bounded(Duration.between(now, at)));
  }

  /**
   * The wait relative to the clock of the site.
   *
   * @param dateHeader the header {@code Date} of the response; when it is invalid, only a number of
   *     seconds is accepted as the value
   */
  public static Optional<Duration> parse(String value, String dateHeader) {
    return date(dateHeader.strip())
        .map(now -> parse(value, now))
        .orElseGet(() ->
            SECONDS.matcher(value.strip()).matches()
                ? parse(value, Instant.EPOCH)
                : Optional.empty());
  }

  private static Optional<Instant> date(String text) {
    try {
      return Optional.of(
          ZonedDateTime.parse(text, DateTimeFormatter.RFC_1123_DATE_TIME).toInstant());
    } catch (DateTimeException e) {
      return Optional.empty();
    }
  }

  private static Duration bounded(Duration wait) {
    if (wait.isNegative()) {
      return Duration.ZERO;
    }
    return wait.compareTo(MAX_WAIT) > 0 ? MAX_WAIT : wait;
  }
}
