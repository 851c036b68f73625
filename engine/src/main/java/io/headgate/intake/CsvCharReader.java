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
final class CsvCharReader extends Reader {

  /** The stream ended inside a quoted field. */
  static final class UnclosedQuoteException extends IOException {
    private static final long serialVersionUID = 1L;
  }

  private enum QuoteState {
    FIELD_START,
    UNQUOTED,
    QUOTED,
    AFTER_QUOTE
  }

  private final InputStream in;
  private final CharsetDecoder decoder = StandardCharsets.UTF_8.newDecoder();
  private final ByteBuffer bytes = ByteBuffer.allocate(8_192).flip();
  private QuoteState state = QuoteState.FIELD_START;
  private boolean ended;

  CsvCharReader(InputStream in) {
    this.in = in;
  }

  @Override
  public int read(char[] buffer, int offset, int length) throws IOException {
    CharBuffer out = CharBuffer.wrap(buffer, offset, length);
    while (true) {
      CoderResult result = decoder.decode(bytes, out, ended);
      int count = out.position() - offset;
      if (count > 0) {
        trackQuotes(buffer, offset, offset + count);
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

  private int end() throws UnclosedQuoteException {
    if (state == QuoteState.QUOTED) {
      throw new UnclosedQuoteException();
    }
    return -1;
  }

  private void trackQuotes(char[] text, int begin, int end) {
    for (int i = begin; i < end; i++) {
      char c = text[i];
      state =
          switch (state) {
            case QUOTED -> c == '"' ? QuoteState.AFTER_QUOTE : QuoteState.QUOTED;
            case FIELD_START -> c == '"' ? QuoteState.QUOTED : afterUnquoted(c);
            case AFTER_QUOTE -> c == '"' ? QuoteState.QUOTED : afterUnquoted(c);
            case UNQUOTED -> afterUnquoted(c);
          };
    }
  }

  private static QuoteState afterUnquoted(char c) {
    return c == ',' || c == '\n' || c == '\r' ? QuoteState.FIELD_START : QuoteState.UNQUOTED;
  }

  @Override
  public void close() throws IOException {
    in.close();
  }
}
