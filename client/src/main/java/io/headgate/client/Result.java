package io.headgate.client;

import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * One settled item of the results stream.
 *
 * @param line the line as it came, without its end
 * @param json the same, parsed
 */
public record Result(String line, JsonNode json) {

  /** Where to go on after this line, for {@link ResultQuery#after}; null when the line has none. */
  public @Nullable String position() {
    JsonNode position = json.get("position");
    return position == null || position.isNull() ? null : position.asString();
  }

  public long ordinal() {
    return json.path("ordinal").asLong();
  }

  public ItemState state() {
    return Json.MAPPER.convertValue(json.get("state"), ItemState.class);
  }
}
