package io.headgate.audit;

import io.headgate.db.Snapshot;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.UUID;
import org.jdbi.v3.core.result.ResultIterator;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * Checks that the body of each receipt, which clients received, agrees with its columns, also when
 * the batch does not exist any more. The body is parsed in Java, as invalid JSON would end an SQL
 * statement with an error.
 */
final class ReceiptBodyCheck {

  private static final String ALL =
      """
      select batch_id, cancelled_at, epoch, total, stopped, running, succeeded, failed, cancelled,
             credits_per_item, refunded, body
      from receipt where batch_id between :first and :last
      order by batch_id
      """;

  private static final int FETCH_SIZE = 1_000;
  private static final JsonMapper json = JsonMapper.builder().build();

  /** The expected value of a number in the body. */
  private record ExpectedNumber(String pointer, long value) {}

  private record StoredReceipt(
      UUID batchId, Instant cancelledAt, List<ExpectedNumber> numbers, String body) {}

  private ReceiptBodyCheck() {}

  static void check(Snapshot tx, AuditScope scope, Findings findings) {
    try (ResultIterator<StoredReceipt> receipts =
        tx.query(ALL)
            .bind("first", scope.first())
            .bind("last", scope.last())
            .setFetchSize(FETCH_SIZE)
            .map((row, context) -> read(row))
            .iterator()) {
      receipts.forEachRemaining(receipt -> check(receipt, findings));
    }
  }

  private static StoredReceipt read(ResultSet row) throws SQLException {
    long price = row.getLong("credits_per_item");
    return new StoredReceipt(
        row.getObject("batch_id", UUID.class),
        row.getObject("cancelled_at", OffsetDateTime.class).toInstant(),
        List.of(
            new ExpectedNumber("/epoch", row.getLong("epoch")),
            new ExpectedNumber("/counts/total", row.getLong("total")),
            new ExpectedNumber("/counts/stopped", row.getLong("stopped")),
            new ExpectedNumber("/counts/running", row.getLong("running")),
            new ExpectedNumber("/counts/succeeded", row.getLong("succeeded")),
            new ExpectedNumber("/counts/failed", row.getLong("failed")),
            new ExpectedNumber("/counts/cancelled", row.getLong("cancelled")),
            new ExpectedNumber("/credits/per_item", price),
            new ExpectedNumber("/credits/refunded", row.getLong("refunded")),
            new ExpectedNumber("/credits/at_stake", row.getLong("running") * price),
            new ExpectedNumber("/credits/charged", row.getLong("succeeded") * price)),
        row.getString("body"));
  }

  private static void check(StoredReceipt receipt, Findings findings) {
    JsonNode body;
    try {
      body = json.readTree(receipt.body());
    } catch (JacksonException e) {
      findings.add(receipt.batchId(), "the body of the receipt is not valid JSON");
      return;
    }
    if (!body.path("batch_id").asString("").equals(receipt.batchId().toString())) {
      findings.add(receipt.batchId(), "the body of the receipt has another batch id");
    }
    if (!hasTime(body, receipt.cancelledAt())) {
      findings.add(receipt.batchId(), "the body of the receipt has another time than its column");
    }
    checkNumbers(receipt, body, findings);
  }

  private static void checkNumbers(StoredReceipt receipt, JsonNode body, Findings findings) {
    for (ExpectedNumber number : receipt.numbers()) {
      JsonNode actual = body.at(number.pointer());
      if (!actual.canConvertToLong() || actual.longValue() != number.value()) {
        findings.add(
            receipt.batchId(),
            "the body of the receipt has %s = %s, its column has %d"
                .formatted(number.pointer(), actual, number.value()));
      }
    }
  }

  /** Bodies have milliseconds and columns microseconds, so rounding allows one millisecond. */
  private static boolean hasTime(JsonNode body, Instant expected) {
    try {
      Instant actual = Instant.parse(body.path("cancelled_at").asString(""));
      return Duration.between(actual, expected).abs().compareTo(Duration.ofMillis(1)) <= 0;
    } catch (DateTimeException e) {
      return false;
    }
  }
}
