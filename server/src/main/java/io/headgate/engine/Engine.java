package io.headgate.engine;

import io.headgate.batch.Caller;
import io.headgate.batch.ItemRefs;
import io.headgate.db.Database;
import io.headgate.db.Tx;
import java.time.InstantSource;
import java.util.UUID;

/**
 * Every verb of the engine. Each is one transaction: it happened wholly or not at all, also when
 * the process dies in the middle.
 */
public final class Engine {

  private final Database database;
  private final InstantSource clock;

  public Engine(Database database, InstantSource clock) {
    this.database = database;
    this.clock = clock;
  }

  /**
   * Lets in a batch whose items {@code tx} has copied: reserves its credits and makes it claimable.
   */
  public Admission admit(Tx tx, NewBatch batch) {
    throw new UnsupportedOperationException(database.address() + " at " + clock);
  }

  /**
   * Cancels a batch: after the commit no item of it starts. A repeat answers the same receipt; with
   * mode interrupt it also tells the items that are still running to stop.
   */
  public CancelResult cancel(Caller caller, UUID batchId, CancelOrder order) {
    throw new UnsupportedOperationException(database.address() + " at " + clock);
  }

  /** What {@link #cancel} would do now; changes nothing. */
  public Preview preview(Caller caller, UUID batchId) {
    throw new UnsupportedOperationException(database.address() + " at " + clock);
  }

  /** Cancels single items with their waiting relatives; no fence, no receipt. */
  public ItemsCancelResult cancelItems(
      Caller caller, UUID batchId, ItemRefs items, CancelOrder order) {
    throw new UnsupportedOperationException(database.address() + " at " + clock);
  }

  /** Nothing more is claimed until {@link #resume}; running items go on. Idempotent. */
  public ChangeResult pause(Caller caller, UUID batchId) {
    throw new UnsupportedOperationException(database.address() + " at " + clock);
  }

  /** Undoes {@link #pause}. Idempotent. */
  public ChangeResult resume(Caller caller, UUID batchId) {
    throw new UnsupportedOperationException(database.address() + " at " + clock);
  }

  /** Lets the failed items wait again in place, with credits reserved anew. */
  public ChangeResult retry(Caller caller, UUID batchId) {
    throw new UnsupportedOperationException(database.address() + " at " + clock);
  }

  /**
   * Makes a new batch of the cancelled items of a settled batch.
   *
   * @param withFailed adds the failed ones
   */
  public ResubmitResult resubmit(Caller caller, UUID batchId, boolean withFailed) {
    throw new UnsupportedOperationException(database.address() + " at " + clock);
  }
}
