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

/** Parses values of the command line: {@code k=v}, JSON, durations, times and numbers. */
final class ArgumentParser {

  private static final JsonMapper JSON = JsonMapper.builder().build();

  private ArgumentParser() {}

  /**
   * Sets options of a batch. Each text is either {@code k=v}, where {@code v} is JSON or plain
   * text, or a JSON object with several options.
   *
   * @throws IllegalArgumentException when a text is neither
   */
  static void setOptions(NewBatch batch, List<String> arguments) {
    for (String text : arguments) {
      if (text.stripLeading().startsWith("{")) {
        object(text).forEach(option -> batch.option(option.getKey(), option.getValue()));
      } else {
        Map.Entry<String, String> pair = pair(text);
        batch.option(pair.getKey(), value(pair.getValue()));
      }
    }
  }

  /**
   * @throws IllegalArgumentException when the text is not of the form {@code k=v}
   */
  static Map.Entry<String, String> pair(String text) {
    int equals = text.indexOf('=');
    if (equals < 1) {
      throw new IllegalArgumentException("'" + text + "' must have the form key=value");
    }
    return Map.entry(text.substring(0, equals), text.substring(equals + 1));
  }

  /**
   * Parses {@code 45} and {@code 45s} as seconds, {@code 30m}, {@code 2h}, {@code 7d}, and ISO 8601
   * durations such as {@code PT1H30M}.
   *
   * @throws TypeConversionException when the text is not a duration
   */
  static Duration duration(String argument) {
    String text = argument.strip().toUpperCase(Locale.ROOT);
    try {
      if (text.startsWith("P")) {
        return Duration.parse(text);
      }
      boolean bare = Character.isDigit(text.charAt(text.length() - 1));
      return text.endsWith("D")
          ? Duration.parse("P" + text)
          : Duration.parse("PT" + text + (bare ? "S" : ""));
    } catch (DateTimeParseException | StringIndexOutOfBoundsException e) {
      throw new TypeConversionException(
          "'" + argument + "' is not a duration; write 45s, 30m, 2h or 7d");
    }
  }

  /**
   * @throws TypeConversionException when the text is not an RFC 3339 time
   */
  static Instant instant(String argument) {
    try {
      return Instant.parse(argument.strip());
    } catch (DateTimeParseException e) {
      throw new TypeConversionException(
          "'" + argument + "' is not a time; write it like 2026-11-21T10:00:00Z");
    }
  }

  /**
   * @throws TypeConversionException when the text is not a whole number or does not fit into an int
   */
  static int integer(String argument) {
    try {
      return Math.toIntExact(wholeNumber(argument));
    } catch (ArithmeticException e) {
      throw new TypeConversionException("'" + argument + "' is too large");
    }
  }

  /**
   * @throws TypeConversionException when the text is not a whole number
   */
  static long wholeNumber(String argument) {
    try {
      return Long.parseLong(argument.strip());
    } catch (NumberFormatException e) {
      throw new TypeConversionException("'" + argument + "' is not a whole number");
    }
  }

  private static Iterable<Map.Entry<String, JsonNode>> object(String text) {
    JsonNode tree = tree(text);
    if (tree == null || !tree.isObject()) {
      throw new IllegalArgumentException("'" + text + "' is not a JSON object");
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
