package io.headgate.intake;

import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** The items of one submit, read once from beginning to end. */
public abstract sealed class ItemSource
    permits NdjsonItems, CsvItems, JsonArrayItems, InMemoryItems {

  /** Maximum size in bytes of a line, and of an item in a JSON body. */
  public static final int MAX_LINE_BYTES = 1_048_576;

  /** Maximum nesting depth of the JSON of an item. */
  public static final int MAX_DEPTH = 64;

  ItemSource() {}

  /**
   * Reads NDJSON. A line is an item {@code {"ref", "input", "parent"}}; a string, or an object
   * without {@code input}, is the input itself. Blank lines are skipped.
   */
  public static ItemSource ndjson(InputStream in) {
    return new NdjsonItems(in);
  }

  /**
   * Reads CSV. The first row names the columns: {@code ref} and {@code parent} are those of the
   * item; the others become the input, as strings.
   */
  public static ItemSource csv(InputStream in) {
    return new CsvItems(in);
  }

  /** Returns items that are in memory. */
  public static ItemSource of(List<NewItem> items) {
    return new InMemoryItems(items);
  }

  /** A new item; {@code parent} is the ref of its parent, which runs after it. */
  public record NewItem(@Nullable String ref, JsonNode input, @Nullable String parent) {}

  /** Accepts lines; returns false to stop reading. */
  interface LineSink {
    boolean accept(ItemLine line);
  }

  /**
   * Passes the lines to {@code sink} in order until it returns false.
   *
   * @throws IOException when reading fails
   */
  abstract void read(LineSink sink) throws IOException;
}
