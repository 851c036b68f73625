package io.headgate.dialect;

import io.headgate.batch.BatchState;
import io.headgate.batch.Caller;
import io.headgate.batch.CancelMode;
import io.headgate.engine.CancelOrder;
import io.headgate.engine.CancelResult;
import io.headgate.engine.Engine;
import io.headgate.http.ProblemException;
import io.headgate.refusal.Refusals;
import io.headgate.view.BatchView;
import java.util.Optional;
import java.util.UUID;

/** Cancels batches of one dialect. */
public final class NativeCancel {

  private final Engine engine;
  private final NativeBatches batches;

  NativeCancel(Engine engine, NativeBatches batches) {
    this.engine = engine;
    this.batches = batches;
  }

  /**
   * Cancels a batch. Running items finish and are charged, as in every vendor's API.
   *
   * @param id empty if the client sent a text that is no id
   * @return what the fence found; a repeated call returns the same numbers
   * @throws ProblemException {@code not-found}, or {@code batch-finished} if the batch finished
   *     without a cancel
   */
  public ReceiptNumbers cancel(Caller caller, Optional<UUID> id) {
    BatchView batch = batches.require(caller, id);
    CancelOrder order = new CancelOrder(CancelMode.DRAIN, CancelOrder.DEFAULT_GRACE, null);
    return switch (engine.cancel(caller, batch.id(), order)) {
      case CancelResult.Fenced(String receipt, boolean first) -> ReceiptNumbers.of(receipt, first);
      case CancelResult.AlreadyFinished(BatchState state) -> throw Refusals.finished(state);
      case CancelResult.NoSuchBatch() -> throw Refusals.notFound();
    };
  }
}
