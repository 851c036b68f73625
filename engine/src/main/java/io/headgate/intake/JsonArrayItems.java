package io.headgate.intake;

import java.io.IOException;
import java.nio.ByteBuffer;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;

/** Reads the elements of the {@code parser} array of a body that is known to be valid JSON. */
final class JsonArrayItems extends ItemSource {

  private final Spool body;
  private final long start;
  private final ItemParser parser = new ItemParser();

  /**
   * @param start offset of the array in bytes
   */
  JsonArrayItems(Spool body, long start) {
    this.body = body;
    this.start = start;
  }

  @Override
  void read(LineSink sink) throws IOException {
    try (JsonParser parser = JsonBody.JSON.createParser(body.from(start))) {
      parser.nextToken();
      for (long number = 1; parser.nextToken() != JsonToken.END_ARRAY; number++) {
        long from = start + parser.currentTokenLocation().getByteOffset();
        JsonBody.skipValue(parser);
        if (!sink.accept(line(number, from, start + parser.currentLocation().getByteOffset()))) {
          return;
        }
      }
    }
  }

  private ItemLine line(long number, long from, long to) throws IOException {
    if (to - from > MAX_LINE_BYTES) {
      return ItemParser.tooLong(number);
    }
    byte[] json = body.slice(from, to);
    return switch (parser.parse(number, json, 0, json.length)) {
      case ItemLine.ValidLine item -> oneLine(item);
      case ItemLine other -> other;
    };
  }

  /** Removes line breaks from the stored JSON, because results are sent as NDJSON. */
  private static ItemLine oneLine(ItemLine.ValidLine item) {
    ByteBuffer written = item.json();
    for (int i = written.position(); i < written.limit(); i++) {
      if (written.get(i) == '\n' || written.get(i) == '\r') {
        ByteBuffer json = ByteBuffer.wrap(ItemParser.JSON.writeValueAsBytes(item.input()));
        return new ItemLine.ValidLine(
            item.number(), item.ref(), item.parent(), item.inputPath(), item.input(), json);
      }
    }
    return item;
  }
}
