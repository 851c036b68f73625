package io.headgate.cli;

import io.headgate.client.NewBatch;
import java.time.Duration;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.TypeConversionException;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.StringNode;

/** Values as they are typed: {@code k=v}, JSON, {@code 30m}. */
final class Assignments {

  private static final JsonMapper JSON = JsonMapper.builder().build();

  private Assignments() {}

  /**
   * Sets options given as {@code k=v}, where a value that is JSON is taken as such, or as one JSON
   * object.
   *
   * @throws IllegalArgumentException for anything else
   */
  static void setOptions(NewBatch batch, List<String> typed) {
    for (String text : typed) {
      if (text.stripLeading().startsWith("{")) {
        object(text).forEach(option -> batch.option(option.getKey(), option.getValue()));
      } else {
        Map.Entry<String, String> pair = pair(text);
        batch.option(pair.getKey(), value(pair.getValue()));
      }
    }
  }

  /**
   * @throws IllegalArgumentException for anything but {@code k=v}
   */
  static Map.Entry<String, String> pair(String text) {
    int equals = text.indexOf('=');
    if (equals < 1) {
      throw new IllegalArgumentException("'" + text + "' is not of the form key=value");
    }
    return Map.entry(text.substring(0, equals), text.substring(equals + 1));
  }

  /**
   * Reads {@code 45} and {@code 45s} as seconds, {@code 30m}, {@code 2h}, {@code 7d}, and ISO 8601
   * such as {@code PT1H30M}.
   *
   * @throws TypeConversionException for anything else
   */
  static Duration duration(String typed) {
    String text = typed.strip().toUpperCase(Locale.ROOT);
    try {
      if (text.startsWith("P")) {
        return Duration.parse(text);
      }
      boolean bare = Character.isDigit(text.charAt(text.length() - 1));
      return text.endsWith("D")
          ? Duration.parse("P" + text)
          : Duration.parse("PT" + text + (bare ? "S" : ""));
    } catch (DateTimeParseException | StringIndexOutOfBoundsException e) {
      throw new TypeConversionException("'" + typed + "' is no duration; write 45s, 30m, 2h or 7d");
    }
  }

  /**
   * @throws TypeConversionException for anything but a time of RFC 3339
   */
  static Instant instant(String typed) {
    try {
      return Instant.parse(typed.strip());
    } catch (DateTimeParseException e) {
      throw new TypeConversionException(
          "'" + typed + "' is no time; write it like 2026-11-21T10:00:00Z");
    }
  }

  /**
   * @throws TypeConversionException for anything but a whole number of moderate size
   */
  static int integer(String typed) {
    try {
      return Math.toIntExact(whole(typed));
    } catch (ArithmeticException e) {
      throw new TypeConversionException("'" + typed + "' is too large a number");
    }
  }

  /**
   * @throws TypeConversionException for anything but a whole number
   */
  static long whole(String typed) {
    try {
      return Long.parseLong(typed.strip());
    } catch (NumberFormatException e) {
      throw new TypeConversionException("'" + typed + "' is no whole number");
    }
  }

  private static Iterable<Map.Entry<String, JsonNode>> object(String text) {
    JsonNode tree = tree(text);
    if (tree == null || !tree.isObject()) {
      throw new IllegalArgumentException("'" + text + "' is no JSON object");
    }
    return tree.properties();
  }

  private static JsonNode value(String text) {
    JsonNode tree = tree(text);
    return tree == null || tree.isMissingNode() ? StringNode.valueOf(text) : tree;
  }

  private static @Nullable JsonNode tree(String text) {
    try {
      return JSON.readTree(text);
    } catch (JacksonException e) {
      return null;
    }
  }
}
