package io.headgate.dialect;

import io.headgate.batch.Counts;
import io.headgate.http.Json;
import tools.jackson.databind.JsonNode;

/**
 * The facts of a receipt: what the fence found. They never change, so a repeat answers the same.
 *
 * @param first true when this very call set the fence
 * @param counts at the fence; {@code pending} is what it stopped
 * @param refunded credits
 */
public record Cancelled(boolean first, Counts counts, long refunded) {

  static Cancelled of(String receipt, boolean first) {
    JsonNode read = Json.mapper().readTree(receipt);
    JsonNode counts = read.get("counts");
    return new Cancelled(
        first,
        new Counts(
            counts.get("total").intValue(),
            counts.get("stopped").intValue(),
            counts.get("running").intValue(),
            counts.get("succeeded").intValue(),
            counts.get("failed").intValue(),
            counts.get("cancelled").intValue()),
        read.get("credits").get("refunded").longValue());
  }
}
