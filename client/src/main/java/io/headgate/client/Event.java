package io.headgate.client;

import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * One server-sent event of a batch.
 *
 * @param id resumes the stream after this event; null for an event that has no position
 * @param name {@code state}, {@code progress}, {@code item}, {@code receipt} or {@code end}
 */
public record Event(@Nullable String id, String name, JsonNode data) {

  /** True for the final event of a batch. */
  public boolean isLast() {
    return name.equals("end");
  }
}
