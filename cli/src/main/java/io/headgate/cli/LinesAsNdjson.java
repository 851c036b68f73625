package io.headgate.cli;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import tools.jackson.databind.node.StringNode;

/** Converts plain lines to JSON strings, one per line, while they are read. Skips blank lines. */
final class LinesAsNdjson extends InputStream {

  private static final int CHUNK = 1 << 16;

  private final BufferedReader lines;
  private byte[] chunk = new byte[0];
  private int position;

  LinesAsNdjson(InputStream in) {
    this.lines = new BufferedReader(new InputStreamReader(in, StandardCharsets.UTF_8));
  }

  @Override
  public int read() throws IOException {
    return fill() ? chunk[position++] & 0xff : -1;
  }

  @Override
  public int read(byte[] into, int offset, int length) throws IOException {
    if (length == 0) {
      return 0;
    }
    if (!fill()) {
      return -1;
    }
    int count = Math.min(length, chunk.length - position);
    System.arraycopy(chunk, position, into, offset, count);
    position += count;
    return count;
  }

  private boolean fill() throws IOException {
    if (position < chunk.length) {
      return true;
    }
    StringBuilder text = new StringBuilder();
    String line = "";
    while (text.length() < CHUNK && (line = lines.readLine()) != null) {
      if (!line.isBlank()) {
        text.append(StringNode.valueOf(line.strip())).append('\n');
      }
    }
    chunk = text.toString().getBytes(StandardCharsets.UTF_8);
    position = 0;
    return chunk.length > 0;
  }

  @Override
  public void close() throws IOException {
    lines.close();
  }
}
