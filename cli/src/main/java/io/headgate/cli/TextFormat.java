package io.headgate.cli;

import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** Formats numbers, times and JSON for people. */
final class TextFormat {

  private static final DateTimeFormatter TIME =
      DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss'Z'", Locale.ROOT).withZone(ZoneOffset.UTC);

  private TextFormat() {}

  static String number(long number) {
    return String.format(Locale.ROOT, "%,d", number);
  }

  static @Nullable String numberOrNull(@Nullable Long number) {
    return number == null ? null : number(number);
  }

  static String items(long number) {
    return number(number) + (number == 1 ? " item" : " items");
  }

  static String credits(long number) {
    return number(number) + (number == 1 ? " credit" : " credits");
  }

  static String percent(double ratio) {
    return String.format(Locale.ROOT, "%.1f %%", ratio * 100);
  }

  static String rate(@Nullable Double itemsPerSecond) {
    return String.format(Locale.ROOT, "%,.1f items/s", itemsPerSecond == null ? 0 : itemsPerSecond);
  }

  static @Nullable String time(@Nullable Instant time) {
    return time == null ? null : TIME.format(time);
  }

  /** Such as {@code 1 h 12 min}, {@code 3 min 5 s} or {@code 8 s}. */
  static String duration(Duration duration) {
    long seconds = Math.max(0, duration.toSeconds());
    if (seconds >= 3600) {
      return seconds / 3600 + " h " + seconds % 3600 / 60 + " min";
    }
    return seconds >= 60 ? seconds / 60 + " min " + seconds % 60 + " s" : seconds + " s";
  }

  /** A JSON string as its text, other JSON as JSON; null when there is no value. */
  static @Nullable String json(@Nullable JsonNode json) {
    if (json == null || json.isNull() || json.isMissingNode()) {
      return null;
    }
    boolean empty = json.isContainer() && json.valueStream().allMatch(JsonNode::isNull);
    return empty ? null : json.isString() ? json.asString() : json.toString();
  }

  static String shortened(@Nullable String text, int length) {
    String line = text == null ? "" : text.replaceAll("\\s+", " ");
    return line.length() <= length ? line : line.substring(0, length - 1) + "…";
  }
}
