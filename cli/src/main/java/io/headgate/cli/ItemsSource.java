package io.headgate.cli;

import io.headgate.client.ItemFormat;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Reads the items of a submit from a file or from standard input. */
final class ItemsSource {

  /** The formats of items. */
  enum ItemsFormat {
    NDJSON,
    CSV,
    /** Each line is the input of one item, as text. */
    LINES
  }

  private static final int DETECTION_BYTES = 8192;

  private ItemsSource() {}

  /**
   * Detects the format by the file name or, when the name has no known extension, by the first
   * character.
   *
   * @param name the file name; null for standard input
   * @param in a stream that supports mark; its position does not change
   */
  static ItemsFormat detect(@Nullable String name, BufferedInputStream in) throws IOException {
    String lower = name == null ? "" : name.toLowerCase(Locale.ROOT);
    if (lower.endsWith(".csv")) {
      return ItemsFormat.CSV;
    }
    if (lower.endsWith(".ndjson") || lower.endsWith(".jsonl")) {
      return ItemsFormat.NDJSON;
    }
    in.mark(DETECTION_BYTES);
    String start =
        new String(in.readNBytes(DETECTION_BYTES - 1), StandardCharsets.UTF_8).stripLeading();
    in.reset();
    return start.startsWith("{") || start.startsWith("\"") ? ItemsFormat.NDJSON : ItemsFormat.LINES;
  }

  /** The format in which items of a format are sent. */
  static ItemFormat wireFormat(ItemsFormat format) {
    return switch (format) {
      case NDJSON, LINES -> ItemFormat.NDJSON;
      case CSV -> ItemFormat.CSV;
    };
  }

  /** The bytes to send for items of a format. */
  static InputStream wireStream(ItemsFormat format, InputStream in) {
    return switch (format) {
      case NDJSON, CSV -> in;
      case LINES -> new LinesAsNdjson(in);
    };
  }
}
