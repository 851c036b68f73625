package io.headgate.http;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

import io.headgate.batch.ViolationKind;
import java.net.URLDecoder;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.regex.Pattern;

/**
 * The query parameters of a request. Methods that read a parameter throw {@link ProblemException}
 * {@code invalid-request} with its name when the value is not allowed.
 */
public final class Query {

  private static final Pattern INTEGER = Pattern.compile("-?[0-9]+");

  private final Map<String, String> values = new LinkedHashMap<>();
  private final Set<String> repeated = new TreeSet<>();

  Query(String raw) {
    for (String pair : raw.split("&", -1)) {
      if (!pair.isEmpty()) {
        int equals = pair.indexOf('=');
        String name = decode(equals < 0 ? pair : pair.substring(0, equals));
        String value = equals < 0 ? "" : decode(pair.substring(equals + 1));
        if (values.put(name, value) != null) {
          repeated.add(name);
        }
      }
    }
  }

  private static String decode(String encoded) {
    try {
      // URLDecoder replaces invalid UTF-8 silently, so it only decodes bytes here.
      byte[] bytes = URLDecoder.decode(encoded, ISO_8859_1).getBytes(ISO_8859_1);
      return UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString();
    } catch (IllegalArgumentException | CharacterCodingException e) {
      throw Problem.invalid(
              InputError.ofBody("the query must be percent-encoded UTF-8", ViolationKind.MALFORMED))
          .asException();
    }
  }

  /**
   * Refuses unknown and repeated parameters.
   *
   * @param names the known parameters; a name that ends in a dot stands for all that begin with it
   */
  public Query requireOnly(String... names) {
    for (String name : values.keySet()) {
      if (!isKnown(name, names)) {
        String knownNames = names.length == 0 ? "none" : String.join(", ", names);
        throw invalidParameter(name, "is not a known parameter; known are: " + knownNames);
      }
      if (repeated.contains(name)) {
        throw invalidParameter(name, "is given more than once");
      }
      if (!StorableStringDeserializer.isStorable(values.getOrDefault(name, ""))
          || !StorableStringDeserializer.isStorable(name)) {
        throw invalidParameter(name, "contains a character that cannot be stored");
      }
    }
    return this;
  }

  private static boolean isKnown(String name, String... names) {
    for (String allowed : names) {
      boolean prefix = allowed.endsWith(".");
      if (prefix
          ? name.startsWith(allowed) && name.length() > allowed.length()
          : name.equals(allowed)) {
        return true;
      }
    }
    return false;
  }

  /** The value of a parameter; empty if not sent. */
  public Optional<String> text(String name) {
    return Optional.ofNullable(values.get(name));
  }

  /** All parameters whose names begin with {@code prefix}, by name without the prefix. */
  public Map<String, String> withPrefix(String prefix) {
    Map<String, String> matching = new LinkedHashMap<>();
    values.forEach((name, value) -> {
      if (name.startsWith(prefix)) {
        matching.put(name.substring(prefix.length()), value);
      }
    });
    return matching;
  }

  /** An integer from {@code min} to {@code max}; empty if not sent. */
  public Optional<Long> number(String name, long min, long max) {
    return text(name)
        .map(text -> {
          long value = parse(name, text, min, max);
          if (value < min || value > max) {
            throw invalidParameter(name, between(min, max));
          }
          return value;
        });
  }

  private static long parse(String name, String text, long min, long max) {
    if (!INTEGER.matcher(text).matches()) {
      throw invalidParameter(name, between(min, max));
    }
    try {
      return Long.parseLong(text);
    } catch (NumberFormatException e) {
      throw invalidParameter(name, between(min, max));
    }
  }

  private static String between(long min, long max) {
    return "must be an integer from " + min + " to " + max;
  }

  /** A boolean; false if not sent. */
  public boolean flag(String name) {
    return switch (text(name).orElse("false")) {
      case "true" -> true;
      case "false" -> false;
      default -> throw invalidParameter(name, "must be true or false");
    };
  }

  /** An RFC 3339 time; empty if not sent. */
  public Optional<Instant> time(String name) {
    return text(name)
        .map(text ->
            Rfc3339.parse(text)
                .orElseThrow(() ->
                    invalidParameter(
                        name, "must be an RFC 3339 time such as 2026-11-21T10:00:00Z")));
  }

  /**
   * One of a closed set of values; empty if not sent.
   *
   * @param parser converts the text; throws IllegalArgumentException for an unknown value
   * @param allowed the allowed values, for the error message
   */
  public <T> Optional<T> oneOf(String name, Function<String, T> parser, String allowed) {
    return text(name)
        .map(text -> {
          try {
            return parser.apply(text);
          } catch (IllegalArgumentException e) {
            throw invalidParameter(name, "must be one of " + allowed);
          }
        });
  }

  private static ProblemException invalidParameter(String name, String message) {
    return Problem.invalid(InputError.parameter(name, message)).asException();
  }
}
