package io.headgate.engine;

import io.headgate.batch.Caller;
import io.headgate.batch.CancelMode;
import io.headgate.batch.Ids;
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
import java.util.function.BiFunction;
import java.util.function.ToIntBiFunction;
import java.util.random.RandomGenerator;

/**
 * Every verb of the engine. Each is one transaction, or a row of them that may stop anywhere: it
 * happened wholly or not at all, also when the process dies in the middle.
 */
public final class Engine {

  /** What a settlement may take beyond what its items were given: a lease and a sweep. */
  private static final Duration SWEEP = Duration.ofSeconds(5);

  private static final String EXPIRED =
      """
      select b.id, b.account_id, a.name from batch b join account a on a.id = b.account_id
      where b.expires_at <= :now and b.finished_at is null and b.fence_epoch is null
        and b.id > :after
      order by b.id limit 100
      """;

  /** What else belongs into the transaction of a verb that did what was asked; last in it. */
  @FunctionalInterface
  public interface WhenDone<T> {

    /** What it throws undoes the verb. */
    void done(Tx tx, T result);
  }

  private final Database database;
  private final InstantSource clock;
  private final RandomGenerator random;
  private final Duration lease;
  private final Fence fence;
  private final EngineFaults faults = new EngineFaults();

  /**
   * @param lease silence after which a node counts as dead
   * @param random where the jitter of waits comes from
   */
  public Engine(Database database, InstantSource clock, Duration lease, RandomGenerator random) {
    this.database = database;
    this.clock = clock;
    this.lease = lease;
    this.random = random;
    this.fence = new Fence(lease.plus(SWEEP));
  }

  /** What this engine could not do since it was made. */
  public EngineFaults faults() {
    return faults;
  }

  /**
   * Lets in a batch whose items {@code tx} has copied: reserves its credits, makes it claimable.
   */
  public Admission admit(Tx tx, NewBatch batch) {
    return Admitting.admit(tx, batch, clock.instant());
  }

  /**
   * Cancels a batch: after the commit no item of it starts. A repeat answers the same receipt; with
   * mode interrupt it also tells the items that are still running to stop.
   */
  public CancelResult cancel(Caller caller, UUID batchId, CancelOrder order) {
    return database.inTransaction(tx -> fence.cancel(tx, caller, batchId, order, clock.instant()));
  }

  /** What {@link #cancel} would do now; changes nothing. */
  public Preview preview(Caller caller, UUID batchId) {
    return database.read(tx -> Fence.preview(tx, caller, batchId));
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
      WhenDone<ItemsCancelResult.Done> whenDone) {
    return database.inTransaction(tx -> {
      ItemsCancelResult result =
          Locked.lock(tx, caller, batchId, clock.instant())
              .map(locked -> ItemCancel.cancel(locked, items, order, random))
              .orElseGet(ItemsCancelResult.NoSuchBatch::new);
      if (result instanceof ItemsCancelResult.Done done) {
        whenDone.done(tx, done);
      }
      return result;
    });
  }

  /**
   * Opens a bulk cancel of these batches; {@link #continueOperations} works through it.
   *
   * @param filter what was asked for, as JSON, to be kept with it
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
      WhenDone<UUID> whenDone) {
    return database.inTransaction(tx -> {
      UUID operation = Operations.open(tx, caller, filter, batches, order);
      whenDone.done(tx, operation);
      return operation;
    });
  }

  /** How far a bulk cancel is. */
  public Optional<OperationView> operation(Caller caller, UUID id) {
    return database.read(tx -> Operations.find(tx, caller, id));
  }

  /** Nothing more is claimed until {@link #resume}; running items go on. Idempotent. */
  public ChangeResult pause(Caller caller, UUID batchId) {
    return database.inTransaction(tx -> Changes.pause(tx, caller, batchId, true, clock.instant()));
  }

  /** Undoes {@link #pause}. Idempotent. */
  public ChangeResult resume(Caller caller, UUID batchId) {
    return database.inTransaction(tx -> Changes.pause(tx, caller, batchId, false, clock.instant()));
  }

  /** Lets the failed items wait again in place, with credits reserved anew. */
  public ChangeResult retry(Caller caller, UUID batchId) {
    return retry(caller, batchId, (tx, done) -> {});
  }

  /** The same, with more in its transaction. */
  public ChangeResult retry(Caller caller, UUID batchId, WhenDone<ChangeResult.Done> whenDone) {
    return retry(caller, batchId, new Retrial.AsBefore(), whenDone);
  }

  /**
   * The same.
   *
   * @param terms what they run with
   */
  public ChangeResult retry(
      Caller caller, UUID batchId, Retrial terms, WhenDone<ChangeResult.Done> whenDone) {
    return database.inTransactionIf(
        tx -> {
          ChangeResult result = Changes.retry(tx, caller, batchId, terms, clock.instant());
          if (result instanceof ChangeResult.Done done) {
            whenDone.done(tx, done);
          }
          return result;
        },
        ChangeResult.Done.class::isInstance);
  }

  /**
   * Makes a new batch of the cancelled items of a settled batch.
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
      WhenDone<ResubmitResult.Submitted> whenDone) {
    return database.inTransactionIf(
        tx -> {
          ResubmitResult result = Resubmit.run(tx, caller, batchId, withFailed, clock.instant());
          if (result instanceof ResubmitResult.Submitted submitted) {
            whenDone.done(tx, submitted);
          }
          return result;
        },
        ResubmitResult.Submitted.class::isInstance);
  }

  /** A server joins; the answer is its id. */
  public long join(String name, int slots, List<String> processors) {
    Nodes.NewNode node = new Nodes.NewNode(name, slots, processors, lease, null);
    return database.inTransaction(tx -> Nodes.register(tx, node, clock.instant()));
  }

  /** A remote worker joins or comes back; the answer is its id. It is heard of by this. */
  public long joinWorker(UUID account, String name, int slots, List<String> processors) {
    Nodes.NewNode node = new Nodes.NewNode(name, slots, processors, lease, account);
    return database.inTransaction(tx -> Nodes.worker(tx, node, clock.instant()));
  }

  /** A node says that it lives. False: it was declared dead and must join anew. */
  public boolean beat(long node) {
    return database.inTransaction(tx -> Nodes.beat(tx, node, clock.instant()));
  }

  /** A node leaves in good order; what it still holds is handed back. */
  public void leave(long node) {
    handBackUnknown(node, List.of());
    database.useTransaction(tx -> Nodes.stop(tx, node, clock.instant()));
  }

  /** The node's side of the exchange. */
  public Exchanger exchanger(long node) {
    return new Exchanger(database, clock, random, faults, node);
  }

  /**
   * Hands back what a live node holds without knowing of it: after an exchange whose answer it
   * never saw. Returns how many items; a batch that fails is left out and counted in {@link #faults}.
   */
  public int handBackUnknown(long node, Collection<Long> knownTokens) {
    BatchSweep sweep = new BatchSweep("handing back items", faults);
    sweepBatches(
        sweep,
        (rescue, after) -> rescue.batchesOfNode(node, knownTokens, after),
        (rescue, batch) -> rescue.handBackUnknown(batch, node, knownTokens));
    return sweep.done();
  }

  /** What was told to stop among these batches. */
  public StopOrders stopOrders(Collection<UUID> batches) {
    return batches.isEmpty()
        ? new StopOrders(Map.of(), Map.of())
        : database.read(tx -> StopOrders.among(tx, batches));
  }

  /**
   * Declares silent nodes dead and rescues what they ran. Returns how many items.
   *
   * @throws FailedBatchesException when batches failed; all others were rescued
   */
  public int rescueLost() {
    database.useTransaction(tx -> Nodes.stopTheSilent(tx, clock.instant()));
    BatchSweep sweep = new BatchSweep("rescuing items of dead nodes", faults);
    sweepBatches(sweep, Rescue::batchesOfStoppedNodes, Rescue::rescueFromStoppedNodes);
    return sweep.result();
  }

  /**
   * Abandons what did not stop within its grace period. Returns how many items.
   *
   * @throws FailedBatchesException when batches failed; all others were dealt with
   */
  public int abandonOverdue() {
    BatchSweep sweep = new BatchSweep("ending grace periods", faults);
    sweepBatches(sweep, Rescue::overdueFences, Rescue::abandonOverdue);
    sweepBatches(sweep, Rescue::overdueInterruptions, Rescue::abandonOverdueItems);
    return sweep.result();
  }

  /**
   * Ends attempts of remote workers that are past their deadline: no node supervises those. Returns
   * how many.
   *
   * @throws FailedBatchesException when batches failed; all others were dealt with
   */
  public int timeOutRemote() {
    BatchSweep sweep = new BatchSweep("timing out remote attempts", faults);
    sweepBatches(sweep, Rescue::overdueRemotely, Rescue::timeOutRemote);
    return sweep.result();
  }

  /**
   * Cancels batches past their deadline. Returns how many.
   *
   * @throws FailedBatchesException when batches failed; all others were cancelled
   */
  public int expire() {
    CancelOrder order = new CancelOrder(CancelMode.DRAIN, CancelOrder.DEFAULT_GRACE, "expired");
    BatchSweep sweep = new BatchSweep("expiry", faults);
    List<Expired> page = expired(Ids.NOBODYS);
    while (!page.isEmpty()) {
      for (Expired each : page) {
        sweep.run(
            each.batch(),
            () -> {
              cancel(each.caller(), each.batch(), order);
              return 1;
            });
      }
      page = expired(page.getLast().batch());
    }
    return sweep.result();
  }

  private record Expired(UUID batch, Caller caller) {}

  private List<Expired> expired(UUID after) {
    return database.read(tx ->
        tx.query(EXPIRED)
            .bind("now", clock.instant())
            .bind("after", after)
            .map((row, context) ->
                new Expired(
                    row.getObject("id", UUID.class),
                    new Caller(
                        row.getObject("account_id", UUID.class),
                        row.getString("name"),
                        "expires_at")))
            .list());
  }

  /** Tells who wants to know how far running batches have come; answers of how many. */
  public int tellProgress() {
    return database.inTransaction(tx -> ProgressTelling.tell(tx, clock.instant()));
  }

  /** Notes where running batches stand, for whoever asks how fast they are. */
  public void noteRates() {
    database.useTransaction(tx -> Rates.note(tx, clock.instant()));
  }

  /**
   * Works through open bulk cancels. Returns how many batches it dealt with.
   *
   * @throws FailedBatchesException when batches failed; all others were dealt with, and the failed
   *     ones are tried again by the next call
   */
  public int continueOperations() {
    BatchSweep sweep = new BatchSweep("a bulk cancel", faults);
    Optional<Operations.Step> step = nextStep(Ids.NOBODYS, Ids.NOBODYS);
    while (step.isPresent()) {
      Operations.Step next = step.get();
      sweep.run(next.batch(), () -> database.inTransaction(tx -> continueOperation(tx, next)));
      step = nextStep(next.operation(), next.batch());
    }
    database.useTransaction(tx -> Operations.closeDone(tx, clock.instant()));
    return sweep.result();
  }

  private Optional<Operations.Step> nextStep(UUID operation, UUID batch) {
    return database.inTransaction(tx -> Operations.next(tx, operation, batch));
  }

  /** Another node may deal with the step at the same time: then there is nothing to do. */
  private int continueOperation(Tx tx, Operations.Step step) {
    if (!Operations.lock(tx, step)) {
      return 0;
    }
    CancelResult result =
        fence.cancel(tx, step.caller(), step.batch(), step.order(), clock.instant());
    Operations.mark(tx, step, result);
    return 1;
  }

  private void sweepBatches(
      BatchSweep sweep,
      BiFunction<Rescue, UUID, List<UUID>> findAfter,
      ToIntBiFunction<Rescue, UUID> rescue) {
    List<UUID> page = List.of(Ids.NOBODYS);
    while (!page.isEmpty()) {
      UUID after = page.getLast();
      page = database.read(tx -> findAfter.apply(rescue(tx), after));
      for (UUID batch : page) {
        sweep.run(
            batch,
            () -> database.inTransaction(tx -> rescue.applyAsInt(rescue(tx), batch)));
      }
    }
  }

  private Rescue rescue(Tx tx) {
    return new Rescue(tx, clock.instant(), random);
  }
}
