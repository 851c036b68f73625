package io.headgate.browser;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** The first line and the headers of an HTTP/1 message, as bytes that are passed on. */
record Head(String start, List<String> lines) {

  private static final int MAX_BYTES = 256_000;

  /** Those that are between two neighbours only. */
  private static final Set<String> OF_ONE_HOP =
      Set.of("connection", "keep-alive", "proxy-connection", "proxy-authorization", "upgrade");

  /** Reads up to the empty line, and not a byte more. */
  static Head read(InputStream in) throws IOException {
    List<String> lines = new ArrayList<>();
    StringBuilder line = new StringBuilder();
    for (int count = 0; count < MAX_BYTES; count++) {
      int b = in.read();
      if (b < 0) {
        throw new EOFException();
      } else if (b != '\n') {
        line.append((char) b);
      } else {
        String text = line.toString().stripTrailing();
        line.setLength(0);
        if (!text.isEmpty()) {
          lines.add(text);
        } else if (!lines.isEmpty()) {
          return new Head(lines.getFirst(), List.copyOf(lines.subList(1, lines.size())));
        }
      }
    }
    throw new IOException("the head is too long");
  }

  Optional<String> header(String name) {
    return lines.stream()
        .filter(line -> nameOf(line).equalsIgnoreCase(name))
        .map(line -> line.substring(line.indexOf(':') + 1).strip())
        .findFirst();
  }

  /** True when no body follows. */
  boolean isAll() {
    return header("Content-Length").isEmpty() && header("Transfer-Encoding").isEmpty();
  }

  /** The same message for the next neighbour, who is to close the connection behind it. */
  Head forwarded(String newStart) {
    List<String> kept = new ArrayList<>();
    for (String line : lines) {
      if (!OF_ONE_HOP.contains(nameOf(line).toLowerCase(java.util.Locale.ROOT))) {
        kept.add(line);
      }
    }
    kept.add("Connection: close");
    return new Head(newStart, kept);
  }

  Head with(String line) {
    List<String> more = new ArrayList<>(lines);
    more.add(line);
    return new Head(start, more);
  }

  byte[] bytes() {
    String text = start + "\r\n" + String.join("\r\n", lines) + (lines.isEmpty() ? "" : "\r\n");
    return (text + "\r\n").getBytes(StandardCharsets.ISO_8859_1);
  }

  private static String nameOf(String line) {
    int colon = line.indexOf(':');
    return colon < 0 ? line : line.substring(0, colon);
  }
}
