package io.headgate.intake;

import java.io.IOException;
import java.io.InputStream;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.core.json.JsonFactory;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.ObjectReader;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/**
 * A batch in one JSON object: its fields, and its {@code items}, which are read afterwards. The
 * body is read twice because fields may come before or after the items; items are never all in
 * memory.
 */
public final class JsonBody implements AutoCloseable {

  /** Maximum size of a body in bytes. */
  public static final long MAX_BYTES = 2L << 30;

  /** Maximum size in bytes of one field other than {@code items}. */
  public static final int MAX_FIELD_BYTES = 1_048_576;

  private static final String ITEMS = "items";

  /** Items are nested two levels deep. */
  private static final int MAX_DEPTH = ItemSource.MAX_DEPTH + 2;

  static final ObjectReader JSON =
      JsonMapper.builder(
              JsonFactory.builder()
                  .streamReadConstraints(
                      StreamReadConstraints.builder().maxNestingDepth(MAX_DEPTH).build())
                  .build())
          .build()
          .reader();

  /** Refuses repeated keys in fields, because parsers disagree on which value applies. */
  private static final ObjectReader FIELD =
      ItemParser.JSON.reader().with(StreamReadFeature.STRICT_DUPLICATE_DETECTION);

  /** The result of reading a body. */
  public sealed interface Reading {

    /** A valid body; the caller must close it. */
    record Good(JsonBody body) implements Reading {}

    /**
     * Invalid JSON, or not a batch.
     *
     * @param field the invalid field; empty for the whole body
     * @param message what is wrong, to be read after the field; without a full stop
     */
    record Malformed(String field, String message) implements Reading {}

    /** A body of more than {@link #MAX_BYTES} bytes. */
    record TooLong() implements Reading {}
  }

  private final Spool spool;
  private final ObjectNode order;
  private long items = -1;

  private JsonBody(Spool spool, ObjectNode order) {
    this.spool = spool;
    this.order = order;
  }

  /**
   * Reads a whole body.
   *
   * @throws IOException when reading fails or the disk is full
   */
  public static Reading read(InputStream in) throws IOException {
    Optional<Spool> spool = Spool.of(in, MAX_BYTES);
    if (spool.isEmpty()) {
      return new Reading.TooLong();
    }
    JsonBody body = new JsonBody(spool.get(), ItemParser.JSON.createObjectNode());
    Reading.Malformed wrong = null;
    try {
      wrong = body.index();
      return wrong == null ? new Reading.Good(body) : wrong;
    } catch (JacksonException e) {
      wrong = new Reading.Malformed("", Json.complaint(e));
      return wrong;
    } finally {
      if (wrong != null) {
        body.close();
      }
    }
  }

  private Reading.@Nullable Malformed index() throws IOException {
    try (JsonParser parser = JSON.createParser(spool.from(0))) {
      if (parser.nextToken() != JsonToken.START_OBJECT) {
        return new Reading.Malformed("", "must be a JSON object");
      }
      if (parser.currentTokenLocation().getByteOffset() < 0) {
        return new Reading.Malformed("", "must be UTF-8");
      }
      for (String name = parser.nextName(); name != null; name = parser.nextName()) {
        parser.nextToken();
        Reading.Malformed wrong = name.equals(ITEMS) ? items(parser) : field(name, parser);
        if (wrong != null) {
          return wrong;
        }
      }
      return parser.nextToken() == null
          ? null
          : new Reading.Malformed("", "has text after the end of its JSON value");
    }
  }

  private Reading.@Nullable Malformed items(JsonParser parser) {
    if (parser.currentToken() != JsonToken.START_ARRAY) {
      return new Reading.Malformed(ITEMS, "must be an array");
    }
    if (items >= 0) {
      return new Reading.Malformed(ITEMS, "is given twice");
    }
    items = parser.currentTokenLocation().getByteOffset();
    parser.skipChildren();
    return null;
  }

  private Reading.@Nullable Malformed field(String name, JsonParser parser) throws IOException {
    long from = parser.currentTokenLocation().getByteOffset();
    pass(parser);
    long to = parser.currentLocation().getByteOffset();
    if (to - from > MAX_FIELD_BYTES) {
      return new Reading.Malformed(name, "is longer than " + MAX_FIELD_BYTES + " bytes");
    }
    JsonNode value = FIELD.readTree(spool.slice(from, to));
    return order.replace(name, value) == null
        ? null
        : new Reading.Malformed(name, "is given twice");
  }

  /** Moves the parser to the end of the current value. */
  static void pass(JsonParser parser) {
    if (parser.currentToken() == JsonToken.VALUE_STRING) {
      parser.getStringLength();
    } else {
      parser.skipChildren();
    }
  }

  /** The fields other than {@code items}. */
  public ObjectNode order() {
    return order;
  }

  /** The items, to be read once; empty when the body has no such field. */
  public Optional<ItemSource> items() {
    return items < 0 ? Optional.empty() : Optional.of(new JsonArrayItems(spool, items));
  }

  @Override
  public void close() throws IOException {
    spool.close();
  }
}
