package io.headgate.intake;

import io.headgate.batch.Caller;
import io.headgate.batch.Ids;
import io.headgate.batch.Violation;
import io.headgate.db.Database;
import io.headgate.db.Partitions;
import io.headgate.db.Tx;
import io.headgate.engine.Admission;
import io.headgate.engine.NewBatch;
import io.headgate.engine.NewBatch.BatchOrder;
import io.headgate.processor.Pinned;
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
  public interface Admit {
    Admission admit(Tx tx, NewBatch batch);
  }

  /** Runs in the transaction that stores a batch, as the last step before its commit. */
  @FunctionalInterface
  public interface WhenStored {
    void stored(Tx tx, SubmitResult.Submitted done);
  }

  private final Database database;
  private final Admit admit;
  private final Processors processors;
  private final Partitions partitions;
  private final int maxItems;
  private final Semaphore streams;

  public Intake(
      Database database, Admit admit, Processors processors, Partitions partitions, int maxItems) {
    this.database = database;
    this.admit = admit;
    this.processors = processors;
    this.partitions = partitions;
    this.maxItems = maxItems;
    // Slow clients must not occupy the connections that the engine needs.
    this.streams = new Semaphore(Math.max(1, database.address().connections() / 2));
  }

  /**
   * Stores a batch with all its items and admits it, in one transaction. Memory use does not depend
   * on the number of items. After an exception or a crash nothing is stored.
   *
   * @param order the validated order; this server must have its processor
   * @param whenStored an exception from it rolls the batch back; it may run on another thread while
   *     the caller's thread waits
   * @throws IOException when reading the source fails
   * @throws IllegalArgumentException when this server does not have the processor
   */
  public SubmitResult submit(
      Caller caller,
      BatchOrder order,
      ItemSource source,
      OnBadLine onBadLine,
      WhenStored whenStored)
      throws IOException {
    Processor processor =
        processors
            .find(order.processor())
            .orElseThrow(() ->
                new IllegalArgumentException(
                    "This server has no processor '" + order.processor() + "'."));
    return switch (processor.pin(caller.account(), order.options())) {
      case Pinned.Refused(List<Violation> violations) ->
          new SubmitResult.InvalidOptions(violations);
      case Pinned.Options(JsonNode options) -> {
        BatchOrder pinned = order.withOptions(options);
        yield new Submission(
                new ItemCheck(processor, options),
                onBadLine,
                maxItems,
                streams,
                conveyor -> store(conveyor, new BadLines(onBadLine), caller, pinned, whenStored))
            .run(source);
      }
    };
  }

  private SubmitResult store(
      Conveyor conveyor, BadLines bad, Caller caller, BatchOrder order, WhenStored whenStored) {
    UUID id = Ids.next();
    partitions.ensure(id);
    try {
      return database.inTransaction(tx -> {
        ItemStore items = new ItemStore(tx, id, bad);
        if (conveyor.complete()) {
          takeAll(conveyor, items, bad);
        } else {
          tx.waitingForClient(() -> takeAll(conveyor, items, bad));
        }
        if (bad.refuse() || items.total() == 0) {
          throw new Refusal(bad.any() ? bad.invalid() : new SubmitResult.NoItems());
        }
        admit(tx, newBatch(id, caller, order, items));
        SubmitResult.Submitted done = new SubmitResult.Submitted(id, items.total(), bad.rejected());
        whenStored.stored(tx, done);
        return done;
      });
    } catch (Refusal e) {
      return e.result;
    }
  }

  private static void takeAll(Conveyor conveyor, ItemStore items, BadLines bad) {
    try {
      for (Optional<Chunk> chunk = conveyor.receive();
          chunk.isPresent();
          chunk = conveyor.receive()) {
        items.add(chunk.get());
        conveyor.giveBack(chunk.get());
        if (bad.enough()) {
          conveyor.stop();
        }
      }
      items.relate();
    } catch (SQLException e) {
      throw new TransactionException("The items could not be stored.", e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new Conveyor.BrokenOffException();
    }
  }

  private NewBatch newBatch(UUID id, Caller caller, BatchOrder order, ItemStore items) {
    return new NewBatch(
        id, caller.account(), order, items.total(), price(order), items.related(), null);
  }

  private long price(BatchOrder order) {
    return Optional.ofNullable(order.origin())
        .map(NewBatch.Origin::creditsPerItem)
        .orElseGet(() -> processors.find(order.processor()).orElseThrow().creditsPerItem());
  }

  private void admit(Tx tx, NewBatch batch) {
    switch (admit.admit(tx, batch)) {
      case Admission.Admitted() -> {}
      case Admission.InsufficientCredits(long needed, long available) ->
          throw new Refusal(new SubmitResult.InsufficientCredits(needed, available));
      case Admission.TooManyPending(int limit) ->
          throw new Refusal(new SubmitResult.TooManyPending(limit));
    }
  }

  /** Rolls the transaction back and carries the result out of it. */
  private static final class Refusal extends RuntimeException {
    private final transient SubmitResult result;

    Refusal(SubmitResult result) {
      super(null, null, false, false);
      this.result = result;
    }
  }
}
