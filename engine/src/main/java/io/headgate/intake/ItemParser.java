package io.headgate.intake;

import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.CoderResult;
import java.nio.charset.StandardCharsets;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.json.JsonFactory;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.ObjectReader;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/**
 * Parses items from JSON. The stored input is the original slice of the bytes, so that numbers and
 * escapes stay as the client wrote them. Used by one thread.
 */
final class ItemParser {

  private static final Set<String> KNOWN_FIELDS = Set.of("ref", "input", "parent");

  static final JsonMapper JSON =
      JsonMapper.builder(
              JsonFactory.builder()
                  .streamReadConstraints(
                      StreamReadConstraints.builder()
                          .maxNestingDepth(ItemSource.MAX_DEPTH)
                          .maxStringLength(ItemSource.MAX_LINE_BYTES)
                          .build())
                  .build())
          .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
          .build();

  /** Reads one value and leaves what follows; this class checks the end of the line. */
  private final ObjectReader reader =
      JSON.reader().without(DeserializationFeature.FAIL_ON_TRAILING_TOKENS);

  private final CharsetDecoder decoder = StandardCharsets.UTF_8.newDecoder();
  private final CharBuffer decoded = CharBuffer.allocate(8 * 1024);

  private int inputFrom;
  private int inputTo;

  /** Parses the item in {@code bytes[from, to)}, which has no blanks around it. */
  ItemLine parse(long number, byte[] bytes, int from, int to) {
    if (bytes[from] != '{' && bytes[from] != '"') {
      return new ItemLine.RejectedLine(number, "", "must be a JSON object or a JSON string");
    }
    if (!isAscii(bytes, from, to) && !isStorableText(bytes, from, to)) {
      return new ItemLine.RejectedLine(number, "", "must be UTF-8 without NUL characters");
    }
    try (JsonParser parser = reader.createParser(bytes, from, to - from)) {
      return parser.nextToken() == JsonToken.VALUE_STRING
          ? bareString(number, parser, bytes, from, to)
          : object(number, parser, bytes, from, to);
    } catch (JacksonException e) {
      return new ItemLine.RejectedLine(number, "", JsonErrorText.describe(e));
    }
  }

  static ItemLine.RejectedLine tooLong(long number) {
    return new ItemLine.RejectedLine(
        number, "", "is longer than " + ItemSource.MAX_LINE_BYTES + " bytes");
  }

  private ItemLine bareString(long number, JsonParser parser, byte[] bytes, int from, int to) {
    JsonNode text = reader.readTree(parser);
    if (parser.nextToken() != null) {
      return trailingText(number);
    }
    return new ItemLine.ValidLine(
        number, null, null, "", text, ByteBuffer.wrap(bytes, from, to - from));
  }

  private ItemLine object(long number, JsonParser parser, byte[] bytes, int from, int to) {
    ObjectNode object = JSON.createObjectNode();
    for (String name = parser.nextName(); name != null; name = parser.nextName()) {
      parser.nextToken();
      long start = parser.currentTokenLocation().getByteOffset();
      JsonNode value = reader.readTree(parser);
      if (object.replace(name, value) != null) {
        return new ItemLine.RejectedLine(number, name, "is given twice");
      }
      if (name.equals("input")) {
        inputFrom = from + (int) start;
        inputTo = from + (int) parser.currentLocation().getByteOffset();
      }
    }
    if (parser.nextToken() != null) {
      return trailingText(number);
    }
    JsonNode input = object.get("input");
    return input == null
        ? new ItemLine.ValidLine(
            number, null, null, "", object, ByteBuffer.wrap(bytes, from, to - from))
        : item(number, object, input, bytes);
  }

  private ItemLine item(long number, ObjectNode item, JsonNode input, byte[] bytes) {
    for (String name : item.propertyNames()) {
      if (!KNOWN_FIELDS.contains(name)) {
        return new ItemLine.RejectedLine(
            number, name, "is not a known field; known are: input, parent, ref");
      }
    }
    for (String name : new String[] {"ref", "parent"}) {
      String problem = RefText.refProblem(item.get(name));
      if (problem != null) {
        return new ItemLine.RejectedLine(number, name, problem);
      }
    }
    if (!input.isObject() && !input.isString()) {
      return new ItemLine.RejectedLine(number, "input", "must be an object or a string");
    }
    return new ItemLine.ValidLine(
        number,
        text(item, "ref"),
        text(item, "parent"),
        "input",
        input,
        ByteBuffer.wrap(bytes, inputFrom, inputTo - inputFrom));
  }

  private static @Nullable String text(ObjectNode item, String name) {
    JsonNode value = item.get(name);
    return value == null || value.isNull() ? null : value.stringValue();
  }

  private static ItemLine.RejectedLine trailingText(long number) {
    return new ItemLine.RejectedLine(number, "", "has text after the end of its JSON value");
  }

  /** Whether the bytes are ASCII without NUL, which is true of most lines. */
  private static boolean isAscii(byte[] bytes, int from, int to) {
    for (int i = from; i < to; i++) {
      if (bytes[i] <= 0) {
        return false;
      }
    }
    return true;
  }

  /** Whether PostgreSQL accepts the bytes as text; Jackson accepts more. */
  private boolean isStorableText(byte[] bytes, int from, int to) {
    ByteBuffer rest = ByteBuffer.wrap(bytes, from, to - from);
    decoder.reset();
    CoderResult result;
    do {
      decoded.clear();
      result = decoder.decode(rest, decoded, true);
      if (decoded.flip().chars().anyMatch(c -> c == 0)) {
        return false;
      }
    } while (result.isOverflow());
    return !result.isError();
  }
}
