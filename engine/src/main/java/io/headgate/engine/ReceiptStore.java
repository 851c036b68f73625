package io.headgate.engine;

import io.headgate.batch.Caller;
import io.headgate.batch.Counts;
import io.headgate.db.Tx;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Optional;
import java.util.UUID;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** Writes receipts. The text is built once and stored; every later read returns the same bytes. */
final class ReceiptStore {

  private static final DateTimeFormatter MILLIS =
      DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ss.SSSX").withZone(ZoneOffset.UTC);

  private static final JsonMapper json = JsonMapper.shared();

  private static final String INSERT =
      """
      insert into receipt (batch_id, account_id, cancelled_at, epoch, cursor, total, stopped, running,
                           succeeded, failed, cancelled, credits_per_item, refunded, body)
      values (:batch, :account, :at, :epoch, :cursor, :total, :stopped, :running,
              :succeeded, :failed, :cancelled, :per_item, :refunded, :body)
      """;

  private static final String BODY = "select body from receipt where batch_id = :batch";

  private static final String FIND_OF_ACCOUNT =
      "select body from receipt where batch_id = :batch and account_id = :account";

  private ReceiptStore() {}

  /** A time as receipts have it. */
  static String timestamp(Instant at) {
    return MILLIS.format(at);
  }

  /** The text of a receipt whose batch may be deleted; empty when it was never cancelled. */
  static Optional<String> find(Tx tx, UUID account, UUID batch) {
    return tx.query(FIND_OF_ACCOUNT)
        .bind("batch", batch)
        .bind("account", account)
        .mapTo(String.class)
        .findOne();
  }

  /** The text of a fenced batch's receipt. */
  static String body(Tx tx, UUID batch) {
    return tx.query(BODY).bind("batch", batch).mapTo(String.class).one();
  }

  /** Stores the receipt of a cancel and returns its text. */
  static String write(
      Tx tx, BatchRow.BatchFacts batch, FencePoint fence, Caller caller, CancelOrder order) {
    Counts before = fence.before();
    long perItem = batch.creditsPerItem();
    ObjectNode text = text(batch, fence);
    text.put("mode", order.mode().text());
    text.put("grace_seconds", seconds(order.grace()));
    text.put("reason", order.reason());
    text.putObject("requested_by").put("account", caller.accountName()).put("key", caller.key());
    counts(text, before);
    credits(text, perItem, before);
    String body = json.writeValueAsString(text);
    tx.update(INSERT)
        .bind("batch", batch.id())
        .bind("account", batch.account())
        .bind("at", fence.at())
        .bind("epoch", fence.epoch())
        .bind("cursor", fence.cursor())
        .bind("total", before.total())
        .bind("stopped", before.pending())
        .bind("running", before.running())
        .bind("succeeded", before.succeeded())
        .bind("failed", before.failed())
        .bind("cancelled", before.cancelled())
        .bind("per_item", perItem)
        .bind("refunded", perItem * before.pending())
        .bind("body", body)
        .execute();
    return body;
  }

  private static ObjectNode text(BatchRow.BatchFacts batch, FencePoint fence) {
    ObjectNode text = json.createObjectNode();
    text.put("batch_id", batch.id().toString());
    text.put("cancelled_at", timestamp(fence.at()));
    text.put("epoch", fence.epoch());
    return text;
  }

  private static void counts(ObjectNode text, Counts before) {
    text.putObject("counts")
        .put("total", before.total())
        .put("stopped", before.pending())
        .put("running", before.running())
        .put("succeeded", before.succeeded())
        .put("failed", before.failed())
        .put("cancelled", before.cancelled());
  }

  private static void credits(ObjectNode text, long perItem, Counts before) {
    text.putObject("credits")
        .put("per_item", perItem)
        .put("refunded", perItem * before.pending())
        .put("at_stake", perItem * before.running())
        .put("charged", perItem * before.succeeded());
  }

  private static BigDecimal seconds(Duration duration) {
    BigDecimal seconds = BigDecimal.valueOf(duration.toMillis(), 3).stripTrailingZeros();
    return seconds.scale() < 0 ? seconds.setScale(0) : seconds;
  }
}
