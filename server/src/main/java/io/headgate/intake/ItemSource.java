package io.headgate.intake;

import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** Where the items of a submit come from. It is read once, front to back. */
public abstract sealed class ItemSource permits NdjsonItems, CsvItems, JsonArrayItems, ListedItems {

  /** Bytes a line may have, and an item of a JSON body. */
  public static final int MAX_LINE_BYTES = 1_048_576;

  /** How deep the JSON of an item may nest. */
  public static final int MAX_DEPTH = 64;

  ItemSource() {}

  /**
   * A line is an item {@code {"ref", "input", "parent"}}; a bare string, or an object without
   * {@code input}, is the input itself. Blank lines are no items.
   */
  public static ItemSource ndjson(InputStream in) {
    return new NdjsonItems(in);
  }

  /**
   * The first row names the columns. {@code ref} and {@code parent} are what they say; the others
   * make up the input, all as strings.
   */
  public static ItemSource csv(InputStream in) {
    return new CsvItems(in);
  }

  /** Items that are in memory already. */
  public static ItemSource of(List<NewItem> items) {
    return new ListedItems(items);
  }

  /** An item to be; {@code parent} is the ref of the item that waits for this one. */
  public record NewItem(@Nullable String ref, JsonNode input, @Nullable String parent) {}

  /** Takes lines; answers false when it wants no more. */
  interface Sink {
    boolean accept(Line line);
  }

  /**
   * Gives every line to {@code sink}, in order, until it wants no more.
   *
   * @throws IOException when the source breaks off
   */
  abstract void read(Sink sink) throws IOException;
}
