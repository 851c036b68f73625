package io.headgate.cli;

import io.headgate.client.ItemFormat;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** The items of a submit as they stand in a file or come from standard input. */
final class ItemsSource {

  /** How items can be written. */
  enum Format {
    NDJSON,
    CSV,
    /** Each line is the text of one item. */
    LINES
  }

  private static final int LOOK_AHEAD = 8192;

  private ItemsSource() {}

  /**
   * How the items are written, by the file's name and, where that does not tell, by its first
   * character.
   *
   * @param name of the file; null for standard input
   * @param in a stream that supports mark; it is left where it was
   */
  static Format detect(@Nullable String name, BufferedInputStream in) throws IOException {
    String lower = name == null ? "" : name.toLowerCase(Locale.ROOT);
    if (lower.endsWith(".csv")) {
      return Format.CSV;
    }
    if (lower.endsWith(".ndjson") || lower.endsWith(".jsonl")) {
      return Format.NDJSON;
    }
    in.mark(LOOK_AHEAD);
    String start = new String(in.readNBytes(LOOK_AHEAD - 1), StandardCharsets.UTF_8).stripLeading();
    in.reset();
    return start.startsWith("{") || start.startsWith("\"") ? Format.NDJSON : Format.LINES;
  }

  /** What goes over the wire for items written so. */
  static ItemFormat wireFormat(Format format) {
    return switch (format) {
      case NDJSON, LINES -> ItemFormat.NDJSON;
      case CSV -> ItemFormat.CSV;
    };
  }

  /** The stream that goes over the wire for items written so. */
  static InputStream wireStream(Format format, InputStream in) {
    return switch (format) {
      case NDJSON, CSV -> in;
      case LINES -> new LinesAsNdjson(in);
    };
  }
}
