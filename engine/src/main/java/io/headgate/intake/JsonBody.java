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
  public sealed interface BodyResult {

    /** A valid body; the caller must close it. */
    record ValidBody(JsonBody body) implements BodyResult {}

    /**
     * Invalid JSON, or not a batch.
     *
     * @param field the invalid field; empty for the whole body
     * @param message what is wrong, to be read after the field; without a full stop
     */
    record MalformedBody(String field, String message) implements BodyResult {}

    /** A body of more than {@link #MAX_BYTES} bytes. */
    record TooLongBody() implements BodyResult {}
  }

  private final Spool spool;
  private final ObjectNode fields;
  private long items = -1;

  private JsonBody(Spool spool, ObjectNode fields) {
    this.spool = spool;
    this.fields = fields;
  }

  /**
   * Reads a whole body.
   *
   * @throws IOException when reading fails or the disk is full
   */
  public static BodyResult read(InputStream in) throws IOException {
    Optional<Spool> spool = Spool.of(in, MAX_BYTES);
    if (spool.isEmpty()) {
      return new BodyResult.TooLongBody();
    }
    JsonBody body = new JsonBody(spool.get(), ItemParser.JSON.createObjectNode());
    BodyResult.MalformedBody error = null;
    try {
      error = body.index();
      return error == null ? new BodyResult.ValidBody(body) : error;
    } catch (JacksonException e) {
      error = new BodyResult.MalformedBody("", JsonErrorText.describe(e));
      return error;
    } finally {
      if (error != null) {
        body.close();
      }
    }
  }

  private BodyResult.@Nullable MalformedBody index() throws IOException {
    try (JsonParser parser = JSON.createParser(spool.from(0))) {
      if (parser.nextToken() != JsonToken.START_OBJECT) {
        return new BodyResult.MalformedBody("", "must be a JSON object");
      }
      if (parser.currentTokenLocation().getByteOffset() < 0) {
        return new BodyResult.MalformedBody("", "must be UTF-8");
      }
      for (String name = parser.nextName(); name != null; name = parser.nextName()) {
        parser.nextToken();
        BodyResult.MalformedBody error = name.equals(ITEMS) ? items(parser) : field(name, parser);
        if (error != null) {
          return error;
        }
      }
      return parser.nextToken() == null
          ? null
          : new BodyResult.MalformedBody("", "has text after the end of its JSON value");
    }
  }

  private BodyResult.@Nullable MalformedBody items(JsonParser parser) {
    if (parser.currentToken() != JsonToken.START_ARRAY) {
      return new BodyResult.MalformedBody(ITEMS, "must be an array");
    }
    if (items >= 0) {
      return new BodyResult.MalformedBody(ITEMS, "is given twice");
    }
    items = parser.currentTokenLocation().getByteOffset();
    parser.skipChildren();
    return null;
  }

  private BodyResult.@Nullable MalformedBody field(String name, JsonParser parser)
      throws IOException {
    long from = parser.currentTokenLocation().getByteOffset();
    skipValue(parser);
    long to = parser.currentLocation().getByteOffset();
    if (to - from > MAX_FIELD_BYTES) {
      return new BodyResult.MalformedBody(name, "is longer than " + MAX_FIELD_BYTES + " bytes");
    }
    JsonNode value = FIELD.readTree(spool.slice(from, to));
    return fields.replace(name, value) == null
        ? null
        : new BodyResult.MalformedBody(name, "is given twice");
  }

  /** Moves the parser to the end of the current value. */
  static void skipValue(JsonParser parser) {
    if (parser.currentToken() == JsonToken.VALUE_STRING) {
      parser.getStringLength();
    } else {
      parser.skipChildren();
    }
  }

  /** The fields other than {@code items}. */
  public ObjectNode fields() {
    return fields;
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
