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
 * Builds the events of a locked batch, where somebody listens to them. They are appended when the
 * batch row is written.
 *
 * <p>A batch has exactly one terminal event each time it ends: {@code batch.completed} without a
 * fence, {@code batch.settled} with one. Only a retry of failed items lets a batch end once more.
 */
final class EventRecorder {

  private static final JsonMapper json = JsonMapper.shared();

  private EventRecorder() {}

  static void started(BatchRow ledger, Instant now) {
    if (ledger.isListenedTo(EventKind.BATCH_STARTED)) {
      ledger.addEvent(EventKind.BATCH_STARTED, now, null, batchData(ledger).toString());
    }
  }

  static void progress(BatchRow ledger, Instant now) {
    if (ledger.isListenedTo(EventKind.BATCH_PROGRESS)) {
      ledger.addEvent(EventKind.BATCH_PROGRESS, now, null, batchData(ledger).toString());
    }
  }

  /** The fence is set and its receipt is written. */
  static void fenced(BatchRow ledger, String receipt, Instant now) {
    if (ledger.isListenedTo(EventKind.BATCH_CANCELLED)) {
      ObjectNode data = batchData(ledger);
      data.set("receipt", json.readTree(receipt));
      ledger.addEvent(EventKind.BATCH_CANCELLED, now, null, data.toString());
    }
  }

  /** The terminal event: the batch has ended. */
  static void ended(Tx tx, BatchRow ledger, Instant now) {
    EventKind kind =
        ledger.state() == BatchState.CANCELLED
            ? EventKind.BATCH_SETTLED
            : EventKind.BATCH_COMPLETED;
    if (!ledger.isListenedTo(kind)) {
      return;
    }
    ObjectNode data = batchData(ledger);
    if (kind == EventKind.BATCH_SETTLED) {
      JsonNode fenced = json.readTree(ReceiptStore.body(tx, ledger.facts.id())).required("counts");
      putSettlement(data.putObject("settlement"), fenced, ledger.counts());
    }
    ledger.addEvent(kind, now, null, data.toString());
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
  static void item(BatchRow ledger, ResultRow row) {
    EventKind kind =
        row.outcome() == ItemState.FAILED ? EventKind.ITEM_FAILED : EventKind.ITEM_SUCCEEDED;
    boolean recorded =
        row.isFinal() && row.outcome() != ItemState.CANCELLED && ledger.isListenedTo(kind);
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
    ledger.addEvent(kind, row.finishedAt(), row.ordinal(), data.toString());
  }

  private static ObjectNode batchData(BatchRow ledger) {
    Counts counts = ledger.counts();
    Credits credits = Credits.of(ledger.facts.creditsPerItem(), counts);
    ObjectNode data = json.createObjectNode();
    data.put("state", ledger.state().text());
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
    data.put("retried", ledger.retried());
    data.put("created_at", ReceiptStore.timestamp(ledger.facts.createdAt()));
    data.put("started_at", text(ledger.startedAt()));
    data.put("finished_at", text(ledger.finishedAt()));
    return data;
  }

  private static @Nullable String text(@Nullable Instant at) {
    return at == null ? null : ReceiptStore.timestamp(at);
  }
}
