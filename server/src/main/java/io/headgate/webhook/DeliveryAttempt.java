package io.headgate.webhook;

import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * One attempt to deliver an event, as the delivery log stores it.
 *
 * @param status HTTP status of the response; null when there was none
 * @param duration until the whole response was read
 * @param error one sentence; null when the receiver accepted the event
 * @param response the beginning of the response body; null when it is empty or missing
 */
public record DeliveryAttempt(
    Instant at,
    @Nullable Integer status,
    Duration duration,
    @Nullable String error,
    @Nullable String response) {

  private static final JsonMapper json = JsonMapper.shared();

  public boolean accepted() {
    return error == null;
  }

  String toJson() {
    return json.createObjectNode()
        .put("at", at.toString())
        .put("status", status)
        .put("micros", duration.toNanos() / 1_000)
        .put("error", error)
        .put("response", response)
        .toString();
  }

  static DeliveryAttempt of(JsonNode stored) {
    JsonNode status = stored.required("status");
    return new DeliveryAttempt(
        Instant.parse(stored.required("at").stringValue()),
        status.isNull() ? null : status.intValue(),
        Duration.ofNanos(stored.required("micros").longValue() * 1_000),
        text(stored, "error"),
        text(stored, "response"));
  }

  private static @Nullable String text(JsonNode stored, String field) {
    JsonNode value = stored.required(field);
    return value.isNull() ? null : value.stringValue();
  }
}
