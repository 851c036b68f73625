package io.headgate.engine;

import io.headgate.batch.BatchState;
import io.headgate.batch.Caller;
import io.headgate.batch.CancelMode;
import io.headgate.db.Signal;
import io.headgate.db.Snapshot;
import io.headgate.db.Tx;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;

/**
 * The cancel of a batch. One transaction on the batch row: a claim that committed first is running
 * by definition, a later one finds the fence and gets nothing. No item row is touched, so it costs
 * the same at any size.
 */
final class BatchCancel {

  /** The time a settlement may take beyond the time limit of its items: one lease and one sweep. */
  private final Duration slack;

  BatchCancel(Duration slack) {
    this.slack = slack;
  }

  CancelResult cancel(Tx tx, Caller caller, UUID id, CancelOrder order, Instant now) {
    Optional<LockedBatches> found = LockedBatches.lock(tx, caller, id, now);
    if (found.isEmpty()) {
      // Retention removes a batch, never its receipt.
      return ReceiptStore.find(tx, caller.account(), id)
          .<CancelResult>map(receipt -> new CancelResult.Fenced(receipt, false))
          .orElseGet(CancelResult.NoSuchBatch::new);
    }
    LockedBatches locked = found.get();
    BatchState state = locked.one().state();
    return switch (state) {
      case PENDING, RUNNING -> new CancelResult.Fenced(fence(locked, caller, order), true);
      case CANCELLING, CANCELLED -> {
        escalate(locked, order);
        yield new CancelResult.Fenced(ReceiptStore.body(tx, id), false);
      }
      case COMPLETED, PARTIAL, FAILED -> new CancelResult.AlreadyFinished(state);
    };
  }

  private String fence(LockedBatches locked, Caller caller, CancelOrder order) {
    BatchRow batchRow = locked.one();
    Instant now = locked.now();
    Duration promise = promise(batchRow, order).plus(slack);
    FencePoint fence = batchRow.fence(now, promise);
    if (order.mode() == CancelMode.INTERRUPT && batchRow.items().running() > 0) {
      batchRow.interrupt(now.plus(order.grace()), now.plus(promise));
    }
    String body = ReceiptStore.write(locked.tx(), batchRow.facts, fence, caller, order);
    EventRecorder.fenced(batchRow, body, now);
    locked.journal(batchRow.journalRefund(fence.before().pending()));
    signal(locked);
    locked.save();
    return body;
  }

  private static Duration promise(BatchRow batchRow, CancelOrder order) {
    if (batchRow.items().running() == 0) {
      return Duration.ZERO;
    }
    return switch (order.mode()) {
      case DRAIN -> batchRow.facts.limits().timeout();
      case INTERRUPT -> order.grace();
    };
  }

  /** An interrupt of a batch that drains orders its running items to stop after all. */
  private void escalate(LockedBatches locked, CancelOrder order) {
    BatchRow batchRow = locked.one();
    boolean drains =
        batchRow.state() == BatchState.CANCELLING && batchRow.fence().interruptDueAt() == null;
    if (drains && order.mode() == CancelMode.INTERRUPT) {
      Instant dueAt = locked.now().plus(order.grace());
      batchRow.interrupt(dueAt, dueAt.plus(slack));
      signal(locked);
      locked.save();
    }
  }

  private static void signal(LockedBatches locked) {
    BatchRow batchRow = locked.one();
    locked.signalChanged(batchRow);
    if (batchRow.fence().interruptDueAt() != null) {
      locked.signal(new Signal.InterruptRequested(batchRow.facts.id()));
    }
  }

  static CancelPreview preview(Snapshot tx, Caller caller, UUID id) {
    Optional<BatchRow> found = BatchRowReader.read(tx, caller.account(), id);
    if (found.isEmpty()) {
      return new CancelPreview.PreviewNoSuchBatch();
    }
    BatchRow batchRow = found.get();
    return switch (batchRow.state()) {
      case PENDING, RUNNING, CANCELLING, CANCELLED -> {
        int stops = batchRow.items().waiting();
        yield new CancelPreview.WouldStop(
            stops,
            batchRow.items().running(),
            stops * batchRow.facts.creditsPerItem(),
            batchRow.state());
      }
      case COMPLETED, PARTIAL, FAILED -> new CancelPreview.PreviewAlreadyFinished(batchRow.state());
    };
  }
}
