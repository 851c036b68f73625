package io.headgate.dialect;

import io.headgate.batch.Caller;
import io.headgate.batch.CancelMode;
import io.headgate.engine.CancelOrder;
import io.headgate.engine.CancelResult;
import io.headgate.engine.Engine;
import io.headgate.engine.NewBatch.BatchOrder;
import io.headgate.http.Problem;
import io.headgate.http.ProblemCode;
import io.headgate.http.ProblemException;
import io.headgate.intake.ItemSource.NewItem;
import io.headgate.view.BatchView;
import java.io.InterruptedIOException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/** Runs single items for clients that wait for the result in the same request. */
public final class NativeRun {

  private final NativeSubmit submit;
  private final NativeBatches batches;
  private final Engine engine;
  private final BatchWaiter waiter;

  NativeRun(NativeSubmit submit, NativeBatches batches, Engine engine, BatchWaiter waiter) {
    this.submit = submit;
    this.batches = batches;
    this.engine = engine;
    this.waiter = waiter;
  }

  /**
   * Runs one item as a batch of its own and waits for its end. Unlike {@link NativeSubmit#submit}
   * nothing is stored for a repeat before that, so a repeat after a crash runs the item again.
   *
   * @throws ProblemException as {@link NativeSubmit#submit}, or {@code unavailable} if the item has
   *     not ended within {@code limit}; it is interrupted then and not charged
   */
  public FinishedItem runOne(Caller caller, BatchOrder order, NewItem item, Duration limit) {
    UUID id =
        submit.store(caller, DialectSubmission.of(order, List.of(item)), (tx, stored) -> {}).id();
    if (!awaitEnd(caller, id, limit) && interrupt(caller, id)) {
      throw Problem.of(
              ProblemCode.UNAVAILABLE, "The item took longer than " + limit.toSeconds() + " s.")
          .withHeader("Retry-After", "5")
          .asException();
    }
    return new FinishedItem(read(caller, id), batches.items(caller, id).getFirst());
  }

  /**
   * Interrupts the batch.
   *
   * @return false if it ended by itself just before: the item is charged, so its client gets it
   */
  private boolean interrupt(Caller caller, UUID batch) {
    CancelOrder order = new CancelOrder(CancelMode.INTERRUPT, Duration.ZERO, "took too long");
    return engine.cancel(caller, batch, order) instanceof CancelResult.Fenced;
  }

  private boolean awaitEnd(Caller caller, UUID batch, Duration limit) {
    try {
      waiter.await(batch, limit, () -> isFinished(caller, batch));
      return isFinished(caller, batch);
    } catch (InterruptedIOException e) {
      throw Problem.of(ProblemCode.UNAVAILABLE, "The server is stopping; send the request again.")
          .withHeader("Retry-After", "1")
          .asException();
    }
  }

  private boolean isFinished(Caller caller, UUID batch) {
    return read(caller, batch).status().state().finished();
  }

  private BatchView read(Caller caller, UUID batch) {
    return batches.require(caller, Optional.of(batch));
  }
}
