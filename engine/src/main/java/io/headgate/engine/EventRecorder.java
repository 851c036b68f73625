package io.headgate.engine;

import io.headgate.batch.BatchState;
import io.headgate.batch.Counts;
import io.headgate.batch.Credits;
import io.headgate.batch.EventKind;
import io.headgate.batch.ItemState;
import io.headgate.db.Tx;
import io.headgate.engine.ResultRow.AttemptOutput;
import java.time.Instant;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/**
 * Builds the events of a locked batch that a webhook listens to. They are appended when the batch
 * row is written.
 *
 * <p>A batch has exactly one terminal event each time it ends: {@code batch.completed} without a
 * fence, {@code batch.settled} with one. Only after a retry of failed items does a batch end again.
 */
final class EventRecorder {

  private static final JsonMapper json = JsonMapper.shared();

  private EventRecorder() {}

  static void started(BatchRow batchRow, Instant now) {
    if (batchRow.hasSubscriber(EventKind.BATCH_STARTED)) {
      batchRow.addEvent(EventKind.BATCH_STARTED, now, null, batchData(batchRow).toString());
    }
  }

  static void progress(BatchRow batchRow, Instant now) {
    if (batchRow.hasSubscriber(EventKind.BATCH_PROGRESS)) {
      batchRow.addEvent(EventKind.BATCH_PROGRESS, now, null, batchData(batchRow).toString());
    }
  }

  /** The fence is set and its receipt is written. */
  static void fenced(BatchRow batchRow, String receipt, Instant now) {
    if (batchRow.hasSubscriber(EventKind.BATCH_CANCELLED)) {
      ObjectNode data = batchData(batchRow);
      data.set("receipt", json.readTree(receipt));
      batchRow.addEvent(EventKind.BATCH_CANCELLED, now, null, data.toString());
    }
  }

  /** The terminal event: the batch has ended. */
  static void ended(Tx tx, BatchRow batchRow, Instant now) {
    EventKind kind =
        batchRow.state() == BatchState.CANCELLED
            ? EventKind.BATCH_SETTLED
            : EventKind.BATCH_COMPLETED;
    if (!batchRow.hasSubscriber(kind)) {
      return;
    }
    ObjectNode data = batchData(batchRow);
    if (kind == EventKind.BATCH_SETTLED) {
      JsonNode fenced =
          json.readTree(ReceiptStore.body(tx, batchRow.facts.id())).required("counts");
      putSettlement(data.putObject("settlement"), fenced, batchRow.counts());
    }
    batchRow.addEvent(kind, now, null, data.toString());
  }

  /** The outcomes of the items that were running at the fence. */
  private static void putSettlement(ObjectNode to, JsonNode countsAtFence, Counts now) {
    int running = countsAtFence.required("running").intValue();
    int succeeded = now.succeeded() - countsAtFence.required("succeeded").intValue();
    int failed = now.failed() - countsAtFence.required("failed").intValue();
    to.put("running", running)
        .put("succeeded", succeeded)
        .put("failed", failed)
        .put("cancelled", running - succeeded - failed);
  }

  /** An item has its final result. */
  static void item(BatchRow batchRow, ResultRow row) {
    EventKind kind =
        row.outcome() == ItemState.FAILED ? EventKind.ITEM_FAILED : EventKind.ITEM_SUCCEEDED;
    boolean recorded =
        row.isFinal() && row.outcome() != ItemState.CANCELLED && batchRow.hasSubscriber(kind);
    if (!recorded) {
      return;
    }
    ObjectNode data = json.createObjectNode();
    ObjectNode item = data.putObject("item");
    item.put("ordinal", row.ordinal());
    item.put("state", row.outcome().text());
    item.put("attempts", row.attempt());
    item.put("finished_at", ReceiptStore.timestamp(row.finishedAt()));
    if (row.output() instanceof AttemptOutput.ErrorReason(String code, String message)) {
      item.putObject("error").put("code", code).put("message", message);
    }
    batchRow.addEvent(kind, row.finishedAt(), row.ordinal(), data.toString());
  }

  private static ObjectNode batchData(BatchRow batchRow) {
    Counts counts = batchRow.counts();
    Credits credits = Credits.of(batchRow.facts.creditsPerItem(), counts);
    ObjectNode data = json.createObjectNode();
    data.put("state", batchRow.state().text());
    data.putObject("counts")
        .put("total", counts.total())
        .put("pending", counts.pending())
        .put("running", counts.running())
        .put("succeeded", counts.succeeded())
        .put("failed", counts.failed())
        .put("cancelled", counts.cancelled());
    data.putObject("credits")
        .put("per_item", credits.perItem())
        .put("reserved", credits.reserved())
        .put("charged", credits.charged())
        .put("refunded", credits.refunded());
    data.put("retried", batchRow.retried());
    data.put("created_at", ReceiptStore.timestamp(batchRow.facts.createdAt()));
    data.put("started_at", text(batchRow.startedAt()));
    data.put("finished_at", text(batchRow.finishedAt()));
    return data;
  }

  private static @Nullable String text(@Nullable Instant at) {
    return at == null ? null : ReceiptStore.timestamp(at);
  }
}
