package io.headgate.client;

import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * One settled item of the results stream.
 *
 * @param line the line as received, without its line break
 * @param json the parsed line
 */
public record Result(String line, JsonNode json) {

  /** Resumes after this line, see {@link ResultQuery#after}; null when the line has no position. */
  public @Nullable String position() {
    JsonNode position = json.get("position");
    return position == null || position.isNull() ? null : position.asString();
  }

  /** The ordinal of the item. */
  public long ordinal() {
    return json.path("ordinal").asLong();
  }

  /** The final state of the item. */
  public ItemState state() {
    return Json.MAPPER.convertValue(json.get("state"), ItemState.class);
  }
}
