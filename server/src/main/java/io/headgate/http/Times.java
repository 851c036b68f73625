package io.headgate.http;

import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeParseException;
import java.util.Optional;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.databind.DeserializationContext;
import tools.jackson.databind.SerializationContext;
import tools.jackson.databind.deser.std.StdDeserializer;
import tools.jackson.databind.exc.MismatchedInputException;
import tools.jackson.databind.ser.std.StdSerializer;

/** Writes RFC 3339 times in UTC with exactly three decimals, and reads them with any offset. */
public final class Times {

  private static final DateTimeFormatter MILLIS =
      DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ss.SSS'Z'").withZone(ZoneOffset.UTC);

  // RFC 3339 has four-digit years; PostgreSQL stores all of these.
  private static final Instant FIRST = Instant.parse("1970-01-01T00:00:00Z");
  private static final Instant LAST = Instant.parse("9999-12-31T23:59:59.999Z");

  private Times() {}

  public static String write(Instant at) {
    return MILLIS.format(at);
  }

  /** Parses a time; empty when it is not RFC 3339 or not in the years 1970 to 9999. */
  public static Optional<Instant> read(String text) {
    try {
      Instant at = OffsetDateTime.parse(text, DateTimeFormatter.ISO_OFFSET_DATE_TIME).toInstant();
      return at.isBefore(FIRST) || at.isAfter(LAST) ? Optional.empty() : Optional.of(at);
    } catch (DateTimeParseException e) {
      return Optional.empty();
    }
  }

  static final class Write extends StdSerializer<Instant> {
    Write() {
      super(Instant.class);
    }

    @Override
    public void serialize(Instant at, JsonGenerator json, SerializationContext context) {
      json.writeString(Times.write(at));
    }
  }

  static final class Read extends StdDeserializer<Instant> {
    Read() {
      super(Instant.class);
    }

    @Override
    public Instant deserialize(JsonParser parser, DeserializationContext context) {
      if (!parser.hasToken(JsonToken.VALUE_STRING)) {
        throw MismatchedInputException.from(parser, Instant.class, "not a time");
      }
      return Times.read(parser.getString())
          .orElseThrow(() -> MismatchedInputException.from(parser, Instant.class, "not a time"));
    }
  }
}
