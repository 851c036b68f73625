package io.headgate.intake;

import io.headgate.batch.Caller;
import io.headgate.batch.Ids;
import io.headgate.batch.Violation;
import io.headgate.db.Database;
import io.headgate.db.Partitions;
import io.headgate.db.Tx;
import io.headgate.engine.AdmissionResult;
import io.headgate.engine.NewBatch;
import io.headgate.engine.NewBatch.BatchOrder;
import io.headgate.processor.OptionsResolution;
import io.headgate.processor.Processor;
import io.headgate.processor.Processors;
import java.io.IOException;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.Semaphore;
import org.jdbi.v3.core.transaction.TransactionException;
import tools.jackson.databind.JsonNode;

/** Stores new batches. Safe for use by several threads. */
public final class Intake {

  /** Default of the maximum number of items in a batch. */
  public static final int MAX_ITEMS = 10_000_000;

  /** Admits a stored batch; {@link io.headgate.engine.Engine#admit} implements it. */
  public interface BatchAdmitter {
    AdmissionResult admit(Tx tx, NewBatch batch);
  }

  /** Runs in the transaction that stores a batch, as the last step before its commit. */
  @FunctionalInterface
  public interface BeforeCommit {
    void run(Tx tx, SubmitResult.Submitted submitted);
  }

  private final Database database;
  private final BatchAdmitter admitter;
  private final Processors processors;
  private final Partitions partitions;
  private final int maxItems;
  private final Semaphore connectionPermits;

  public Intake(
      Database database,
      BatchAdmitter admitter,
      Processors processors,
      Partitions partitions,
      int maxItems) {
    this.database = database;
    this.admitter = admitter;
    this.processors = processors;
    this.partitions = partitions;
    this.maxItems = maxItems;
    // Slow clients must not occupy the connections that the engine needs.
    this.connectionPermits = new Semaphore(Math.max(1, database.address().connections() / 2));
  }

  /**
   * Stores a batch with all its items and admits it, in one transaction. Memory use does not depend
   * on the number of items. After an exception or a crash nothing is stored.
   *
   * @param order the validated order; this server must have its processor
   * @param beforeCommit an exception from it rolls the batch back; it may run on another thread
   *     while the caller's thread waits
   * @throws IOException when reading the source fails
   * @throws IllegalArgumentException when this server does not have the processor
   */
  public SubmitResult submit(
      Caller caller,
      BatchOrder order,
      ItemSource source,
      InvalidLinePolicy onBadLine,
      BeforeCommit beforeCommit)
      throws IOException {
    Processor processor =
        processors
            .find(order.processor())
            .orElseThrow(() ->
                new IllegalArgumentException(
                    "This server has no processor '" + order.processor() + "'."));
    return switch (processor.resolveOptions(caller.account(), order.options())) {
      case OptionsResolution.RefusedOptions(List<Violation> violations) ->
          new SubmitResult.InvalidOptions(violations);
      case OptionsResolution.ResolvedOptions(JsonNode options) -> {
        BatchOrder pinned = order.withOptions(options);
        yield new Submission(
                new ItemValidator(processor, options),
                onBadLine,
                maxItems,
                connectionPermits,
                chunks -> store(chunks, new InvalidLines(onBadLine), caller, pinned, beforeCommit))
            .run(source);
      }
    };
  }

  private SubmitResult store(
      ChunkQueue chunks,
      InvalidLines invalidLines,
      Caller caller,
      BatchOrder order,
      BeforeCommit beforeCommit) {
    UUID id = Ids.next();
    partitions.ensure(id);
    try {
      return database.inTransaction(tx -> {
        ItemWriter items = new ItemWriter(tx, id, invalidLines);
        if (chunks.isComplete()) {
          storeAll(chunks, items, invalidLines);
        } else {
          tx.waitingForClient(() -> storeAll(chunks, items, invalidLines));
        }
        if (invalidLines.isBatchRefused() || items.total() == 0) {
          throw new RefusedException(
              invalidLines.hasAny() ? invalidLines.toInvalidItems() : new SubmitResult.NoItems());
        }
        admitter(tx, newBatch(id, caller, order, items));
        SubmitResult.Submitted submitted =
            new SubmitResult.Submitted(id, items.total(), invalidLines.toRejected());
        beforeCommit.run(tx, submitted);
        return submitted;
      });
    } catch (RefusedException e) {
      return e.result;
    }
  }

  private static void storeAll(ChunkQueue chunks, ItemWriter items, InvalidLines invalidLines) {
    try {
      for (Optional<ItemChunk> chunk = chunks.receive();
          chunk.isPresent();
          chunk = chunks.receive()) {
        items.add(chunk.get());
        chunks.recycle(chunk.get());
        if (invalidLines.isResultFinal()) {
          chunks.stop();
        }
      }
      items.storeRelations();
    } catch (SQLException e) {
      throw new TransactionException("The items could not be stored.", e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new ChunkQueue.ReadFailedException();
    }
  }

  private NewBatch newBatch(UUID id, Caller caller, BatchOrder order, ItemWriter items) {
    return new NewBatch(
        id, caller.account(), order, items.total(), price(order), items.hasRelations(), null);
  }

  private long price(BatchOrder order) {
    return Optional.ofNullable(order.origin())
        .map(NewBatch.DialectOrigin::creditsPerItem)
        .orElseGet(() -> processors.find(order.processor()).orElseThrow().creditsPerItem());
  }

  private void admitter(Tx tx, NewBatch batch) {
    switch (admitter.admit(tx, batch)) {
      case AdmissionResult.Admitted() -> {}
      case AdmissionResult.InsufficientCredits(long needed, long available) ->
          throw new RefusedException(new SubmitResult.SubmitInsufficientCredits(needed, available));
      case AdmissionResult.TooManyPending(int limit) ->
          throw new RefusedException(new SubmitResult.SubmitTooManyPending(limit));
    }
  }

  /** Rolls the transaction back and carries the result out of it. */
  private static final class RefusedException extends RuntimeException {
    private final transient SubmitResult result;

    RefusedException(SubmitResult result) {
      super(null, null, false, false);
      this.result = result;
    }
  }
}
