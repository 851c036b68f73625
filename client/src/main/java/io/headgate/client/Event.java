package io.headgate.client;

import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * One server-sent event of a batch.
 *
 * @param name {@code state}, {@code progress}, {@code item}, {@code receipt} or {@code end}
 */
public record Event(@Nullable String id, String name, JsonNode data) {

  /** True for the last one there will be. */
  public boolean last() {
    return name.equals("end");
  }
}
