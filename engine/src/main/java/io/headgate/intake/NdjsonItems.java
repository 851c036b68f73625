package io.headgate.intake;

import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;

/** Splits a stream into lines without copying them; skips and reports lines that are too long. */
final class NdjsonItems extends ItemSource {

  private static final int INITIAL_BUFFER_BYTES = 64 * 1024;

  private final InputStream in;
  private final ItemParser parser = new ItemParser();

  private byte[] buffer = new byte[INITIAL_BUFFER_BYTES];
  private int start; // of the current line
  private int end; // of the bytes read
  private long number = 1;
  private boolean skipping;

  NdjsonItems(InputStream in) {
    this.in = in;
  }

  @Override
  void read(LineSink sink) throws IOException {
    int scanned = start;
    while (fill()) {
      for (int i = Math.max(scanned, start); i < end; i++) {
        if (buffer[i] == '\n') {
          if (!acceptLine(i, sink)) {
            return;
          }
          start = i + 1;
          number++;
        }
      }
      scanned = compact();
    }
    if (end > start || skipping) {
      acceptLine(end, sink);
    }
  }

  private boolean fill() throws IOException {
    int count = in.read(buffer, end, buffer.length - end);
    if (count < 0) {
      return false;
    }
    end += count;
    return true;
  }

  /** Moves the incomplete line to the front of the buffer; returns where scanning continues. */
  private int compact() {
    if (end - start > MAX_LINE_BYTES + 1) {
      skipping = true;
      start = end;
    }
    System.arraycopy(buffer, start, buffer, 0, end - start);
    end -= start;
    start = 0;
    if (end == buffer.length) {
      buffer = Arrays.copyOf(buffer, buffer.length * 2);
    }
    return end;
  }

  private boolean acceptLine(int lineEnd, LineSink sink) {
    int from = start;
    int to = lineEnd;
    if (number == 1 && to - from >= 3 && isByteOrderMark(from)) {
      from += 3;
    }
    while (from < to && isBlank(buffer[from])) {
      from++;
    }
    while (to > from && isBlank(buffer[to - 1])) {
      to--;
    }
    if (skipping || to - from > MAX_LINE_BYTES) {
      skipping = false;
      return sink.accept(ItemParser.tooLong(number));
    }
    return from == to || sink.accept(parser.parse(number, buffer, from, to));
  }

  private boolean isByteOrderMark(int at) {
    return buffer[at] == (byte) 0xEF
        && buffer[at + 1] == (byte) 0xBB
        && buffer[at + 2] == (byte) 0xBF;
  }

  private static boolean isBlank(byte b) {
    return b == ' ' || b == '\t' || b == '\r' || b == '\n';
  }
}
