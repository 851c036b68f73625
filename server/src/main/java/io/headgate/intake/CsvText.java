package io.headgate.intake;

import java.io.IOException;
import java.io.InputStream;
import java.io.Reader;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.CoderResult;
import java.nio.charset.StandardCharsets;

/**
 * Decodes a CSV stream. Unlike readers of the JDK it returns all characters before an invalid byte,
 * so that the error can name its line, and it fails when the stream ends inside a quoted field:
 * otherwise half an upload would be accepted with one long last row.
 */
final class CsvText extends Reader {

  /** The stream ended inside a quoted field. */
  static final class OpenQuote extends IOException {
    private static final long serialVersionUID = 1L;
  }

  private enum Place {
    FIELD_START,
    BARE,
    QUOTED,
    AFTER_QUOTE
  }

  private final InputStream in;
  private final CharsetDecoder decoder = StandardCharsets.UTF_8.newDecoder();
  private final ByteBuffer bytes = ByteBuffer.allocate(8_192).flip();
  private Place place = Place.FIELD_START;
  private boolean ended;

  CsvText(InputStream in) {
    this.in = in;
  }

  @Override
  public int read(char[] into, int from, int length) throws IOException {
    CharBuffer out = CharBuffer.wrap(into, from, length);
    while (true) {
      CoderResult result = decoder.decode(bytes, out, ended);
      int count = out.position() - from;
      if (count > 0) {
        follow(into, from, from + count);
        return count;
      }
      if (result.isError()) {
        result.throwException();
      }
      if (ended) {
        return end();
      }
      fill();
    }
  }

  private void fill() throws IOException {
    bytes.compact();
    int count = in.read(bytes.array(), bytes.position(), bytes.remaining());
    ended = count < 0;
    bytes.position(bytes.position() + Math.max(count, 0)).flip();
  }

  private int end() throws OpenQuote {
    if (place == Place.QUOTED) {
      throw new OpenQuote();
    }
    return -1;
  }

  private void follow(char[] text, int from, int to) {
    for (int i = from; i < to; i++) {
      char c = text[i];
      place =
          switch (place) {
            case QUOTED -> c == '"' ? Place.AFTER_QUOTE : Place.QUOTED;
            case FIELD_START -> c == '"' ? Place.QUOTED : bare(c);
            case AFTER_QUOTE -> c == '"' ? Place.QUOTED : bare(c);
            case BARE -> bare(c);
          };
    }
  }

  private static Place bare(char c) {
    return c == ',' || c == '\n' || c == '\r' ? Place.FIELD_START : Place.BARE;
  }

  @Override
  public void close() throws IOException {
    in.close();
  }
}
