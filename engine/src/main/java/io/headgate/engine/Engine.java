package io.headgate.engine;

import io.headgate.batch.Caller;
import io.headgate.batch.ItemRefs;
import io.headgate.db.Database;
import io.headgate.db.Tx;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.random.RandomGenerator;

/**
 * The public API of the engine. Each verb is one transaction, or a series of transactions that may
 * stop after any of them, so that a crash of the process leaves nothing half done. Safe for use by
 * several threads.
 */
public final class Engine {

  /** Added to the lease: how long a settlement may take beyond the time limit of its items. */
  private static final Duration SWEEP = Duration.ofSeconds(5);

  private final Database database;
  private final InstantSource clock;
  private final RandomGenerator random;
  private final Duration lease;
  private final BatchCancel fence;
  private final EngineFaults faults = new EngineFaults();
  private final BatchMaintenance maintenance;

  /**
   * @param lease time without a heartbeat after which a node counts as dead
   * @param random where the jitter of waits comes from
   */
  public Engine(Database database, InstantSource clock, Duration lease, RandomGenerator random) {
    this.database = database;
    this.clock = clock;
    this.lease = lease;
    this.random = random;
    this.fence = new BatchCancel(lease.plus(SWEEP));
    this.maintenance = new BatchMaintenance(database, clock, random, fence, faults);
  }

  /** Counts what this engine could not do since it was created. */
  public EngineFaults faults() {
    return faults;
  }

  /**
   * Admits a batch whose items {@code tx} has copied: reserves its credits and makes it claimable.
   */
  public AdmissionResult admit(Tx tx, NewBatch batch) {
    return BatchAdmission.admit(tx, batch, clock.instant());
  }

  /**
   * Cancels a batch: after the commit no item of it starts. A repeat returns the same receipt; with
   * mode interrupt it also orders the items that still run to stop.
   */
  public CancelResult cancel(Caller caller, UUID batchId, CancelOrder order) {
    return database.inTransaction(tx -> fence.cancel(tx, caller, batchId, order, clock.instant()));
  }

  /** Returns what {@link #cancel} would do now; changes nothing. */
  public CancelPreview preview(Caller caller, UUID batchId) {
    return database.read(tx -> BatchCancel.preview(tx, caller, batchId));
  }

  /** Cancels single items with their waiting relatives; no fence, no receipt. */
  public ItemsCancelResult cancelItems(
      Caller caller, UUID batchId, ItemRefs items, CancelOrder order) {
    return cancelItems(caller, batchId, items, order, (tx, done) -> {});
  }

  /** The same, with more in its transaction. */
  public ItemsCancelResult cancelItems(
      Caller caller,
      UUID batchId,
      ItemRefs items,
      CancelOrder order,
      InSameTransaction<ItemsCancelResult.ItemsCancelled> whenDone) {
    return database.inTransaction(tx -> {
      ItemsCancelResult result =
          LockedBatches.lock(tx, caller, batchId, clock.instant())
              .map(locked -> ItemCancel.cancel(locked, items, order, random))
              .orElseGet(ItemsCancelResult.ItemsNoSuchBatch::new);
      if (result instanceof ItemsCancelResult.ItemsCancelled done) {
        whenDone.run(tx, done);
      }
      return result;
    });
  }

  /**
   * Opens a bulk cancel of these batches; {@link #continueOperations} works through it.
   *
   * @param filter the requested filter as JSON; it is stored with the operation
   */
  public UUID cancelAll(Caller caller, String filter, Collection<UUID> batches, CancelOrder order) {
    return cancelAll(caller, filter, batches, order, (tx, operation) -> {});
  }

  /** The same, with more in its transaction. */
  public UUID cancelAll(
      Caller caller,
      String filter,
      Collection<UUID> batches,
      CancelOrder order,
      InSameTransaction<UUID> whenDone) {
    return database.inTransaction(tx -> {
      UUID operation = BulkCancels.open(tx, caller, filter, batches, order);
      whenDone.run(tx, operation);
      return operation;
    });
  }

  /** The progress of a bulk cancel. */
  public Optional<BulkCancelView> operation(Caller caller, UUID id) {
    return database.read(tx -> BulkCancels.find(tx, caller, id));
  }

  /** Stops claims of a batch until {@link #resume}; running items continue. Idempotent. */
  public PauseOrRetryResult pause(Caller caller, UUID batchId) {
    return database.inTransaction(
        tx -> PauseAndRetry.pause(tx, caller, batchId, true, clock.instant()));
  }

  /** Undoes {@link #pause}. Idempotent. */
  public PauseOrRetryResult resume(Caller caller, UUID batchId) {
    return database.inTransaction(
        tx -> PauseAndRetry.pause(tx, caller, batchId, false, clock.instant()));
  }

  /** Makes the failed items of a batch wait again, and reserves their credits again. */
  public PauseOrRetryResult retry(Caller caller, UUID batchId) {
    return retry(caller, batchId, new RetryOptions.SameSecrets(), (tx, done) -> {});
  }

  /** The same, with more in its transaction. */
  public PauseOrRetryResult retry(
      Caller caller, UUID batchId, InSameTransaction<PauseOrRetryResult.Applied> whenDone) {
    return retry(caller, batchId, new RetryOptions.SameSecrets(), whenDone);
  }

  /** The same, with other secret options. */
  public PauseOrRetryResult retry(
      Caller caller,
      UUID batchId,
      RetryOptions terms,
      InSameTransaction<PauseOrRetryResult.Applied> whenDone) {
    return database.inTransactionIf(
        tx -> {
          PauseOrRetryResult result =
              PauseAndRetry.retry(tx, caller, batchId, terms, clock.instant());
          if (result instanceof PauseOrRetryResult.Applied done) {
            whenDone.run(tx, done);
          }
          return result;
        },
        PauseOrRetryResult.Applied.class::isInstance);
  }

  /**
   * Creates a new batch of the cancelled items of a settled batch.
   *
   * @param withFailed adds the failed ones
   */
  public ResubmitResult resubmit(Caller caller, UUID batchId, boolean withFailed) {
    return resubmit(caller, batchId, withFailed, (tx, submitted) -> {});
  }

  /** The same, with more in its transaction. */
  public ResubmitResult resubmit(
      Caller caller,
      UUID batchId,
      boolean withFailed,
      InSameTransaction<ResubmitResult.Resubmitted> whenDone) {
    return database.inTransactionIf(
        tx -> {
          ResubmitResult result =
              BatchResubmit.run(tx, caller, batchId, withFailed, clock.instant());
          if (result instanceof ResubmitResult.Resubmitted submitted) {
            whenDone.run(tx, submitted);
          }
          return result;
        },
        ResubmitResult.Resubmitted.class::isInstance);
  }

  /** Registers a server and returns its id. */
  public long join(String name, int slots, List<String> processors) {
    NodeStore.NewNode node = new NodeStore.NewNode(name, slots, processors, lease, null);
    return database.inTransaction(tx -> NodeStore.register(tx, node, clock.instant()));
  }

  /** Registers a remote worker or records its heartbeat, and returns its id. */
  public long joinWorker(UUID account, String name, int slots, List<String> processors) {
    NodeStore.NewNode node = new NodeStore.NewNode(name, slots, processors, lease, account);
    return database.inTransaction(
        tx -> NodeStore.updateOrRegisterWorker(tx, node, clock.instant()));
  }

  /** Records a heartbeat. False: the node was declared dead and must join again. */
  public boolean heartbeat(long node) {
    return database.inTransaction(tx -> NodeStore.heartbeat(tx, node, clock.instant()));
  }

  /** Removes a node that stops, and hands its items back. */
  public void leave(long node) {
    handBackUnknown(node, List.of());
    database.useTransaction(tx -> NodeStore.stop(tx, node, clock.instant()));
  }

  /** The node's side of the exchange. */
  public Exchanger exchanger(long node) {
    return new Exchanger(database, clock, random, faults, node);
  }

  /**
   * Hands back items that a live node has claimed without knowing it, because it never received the
   * result of an exchange. Returns how many items; a batch that fails is left out and counted in
   * {@link #faults}.
   */
  public int handBackUnknown(long node, Collection<Long> knownTokens) {
    return maintenance.handBackUnknown(node, knownTokens);
  }

  /** Which of these batches, or items of them, have to stop. */
  public StopOrders stopOrders(Collection<UUID> batches) {
    return batches.isEmpty()
        ? new StopOrders(Map.of(), Map.of())
        : database.read(tx -> StopOrders.among(tx, batches));
  }

  /**
   * Declares silent nodes dead and rescues their items. Returns how many.
   *
   * @throws FailedBatchesException when batches failed; all others were rescued
   */
  public int rescueLost() {
    return maintenance.rescueLost();
  }

  /**
   * Abandons items that did not stop within their grace period. Returns how many.
   *
   * @throws FailedBatchesException when batches failed; all others were processed
   */
  public int abandonOverdue() {
    return maintenance.abandonOverdue();
  }

  /**
   * Ends attempts of remote workers that are past their deadline: no node supervises those. Returns
   * how many.
   *
   * @throws FailedBatchesException when batches failed; all others were processed
   */
  public int timeOutRemote() {
    return maintenance.timeOutRemote();
  }

  /**
   * Cancels batches past their deadline. Returns how many.
   *
   * @throws FailedBatchesException when batches failed; all others were cancelled
   */
  public int expire() {
    return maintenance.expire();
  }

  /** Writes progress events of running batches for the webhooks that listen; returns how many. */
  public int writeProgressEvents() {
    return database.inTransaction(tx -> ProgressEvents.append(tx, clock.instant()));
  }

  /** Adds credits that moved to the sums of their accounts; the moves are rows of their own. */
  public void addUpCredits() {
    maintenance.addUpCredits();
  }

  /** Records how many items of running batches are settled, so that rates can be shown. */
  public void recordRates() {
    database.useTransaction(tx -> BatchRates.record(tx, clock.instant()));
  }

  /**
   * Works through open bulk cancels. Returns how many batches it processed.
   *
   * @throws FailedBatchesException when batches failed; all others were processed, and the failed
   *     ones are repeated by the next call
   */
  public int continueOperations() {
    return maintenance.continueOperations();
  }
}
