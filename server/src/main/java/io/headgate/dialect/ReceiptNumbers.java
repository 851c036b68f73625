package io.headgate.dialect;

import io.headgate.batch.Counts;
import io.headgate.http.Json;
import tools.jackson.databind.JsonNode;

/**
 * The numbers of a cancel receipt, as the fence found them. They never change, so a repeated cancel
 * returns the same numbers.
 *
 * @param first true if this call set the fence; false for a repeat
 * @param counts at the fence; {@code pending} items were stopped
 * @param refunded credits of the stopped items
 */
public record ReceiptNumbers(boolean first, Counts counts, long refunded) {

  static ReceiptNumbers of(String receipt, boolean first) {
    JsonNode json = Json.mapper().readTree(receipt);
    JsonNode counts = json.get("counts");
    return new ReceiptNumbers(
        first,
        new Counts(
            counts.get("total").intValue(),
            counts.get("stopped").intValue(),
            counts.get("running").intValue(),
            counts.get("succeeded").intValue(),
            counts.get("failed").intValue(),
            counts.get("cancelled").intValue()),
        json.get("credits").get("refunded").longValue());
  }
}
