package io.headgate.engine;

import io.headgate.batch.Caller;
import io.headgate.batch.CancelMode;
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
import java.util.function.Function;
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
      order by b.expires_at limit 100
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
          ItemCancel.cancel(
              tx, caller, batchId, items, new ItemCancel.Order(order, clock.instant(), random));
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
    return new Exchanger(database, clock, random, node);
  }

  /**
   * Hands back what a live node holds without knowing of it: after an exchange whose answer it
   * never saw.
   */
  public int handBackUnknown(long node, Collection<Long> knownTokens) {
    return forEachBatch(
        rescue -> rescue.batchesOfNode(node, knownTokens),
        (rescue, batch) -> rescue.handBackUnknown(batch, node, knownTokens));
  }

  /** What was told to stop among these batches. */
  public StopOrders stopOrders(Collection<UUID> batches) {
    return batches.isEmpty()
        ? new StopOrders(Map.of(), Map.of())
        : database.read(tx -> StopOrders.among(tx, batches));
  }

  /** Declares silent nodes dead and rescues what they ran; answers how many items. */
  public int rescueLost() {
    database.useTransaction(tx -> Nodes.stopTheSilent(tx, clock.instant()));
    return forEachBatch(Rescue::batchesOfStoppedNodes, Rescue::rescueFromStoppedNodes);
  }

  /** Abandons what did not stop within its grace period; answers how many items. */
  public int abandonOverdue() {
    return forEachBatch(Rescue::overdueFences, Rescue::abandonOverdue)
        + forEachBatch(Rescue::overdueInterruptions, Rescue::abandonOverdueItems);
  }

  /**
   * Ends attempts of remote workers that are past their deadline: no node watches those. Answers
   * how many.
   */
  public int timeOutRemote() {
    return forEachBatch(Rescue::overdueRemotely, Rescue::timeOutRemote);
  }

  /** Cancels batches past their deadline; answers how many. */
  public int expire() {
    record Expired(UUID batch, Caller caller) {}
    List<Expired> expired =
        database.read(tx ->
            tx.query(EXPIRED)
                .bind("now", clock.instant())
                .map((row, context) ->
                    new Expired(
                        row.getObject("id", UUID.class),
                        new Caller(
                            row.getObject("account_id", UUID.class),
                            row.getString("name"),
                            "expires_at")))
                .list());
    CancelOrder order = new CancelOrder(CancelMode.DRAIN, CancelOrder.DEFAULT_GRACE, "expired");
    expired.forEach(each -> cancel(each.caller(), each.batch(), order));
    return expired.size();
  }

  /** Tells who wants to know how far running batches have come; answers of how many. */
  public int tellProgress() {
    return database.inTransaction(tx -> ProgressTelling.tell(tx, clock.instant()));
  }

  /** Notes where running batches stand, for whoever asks how fast they are. */
  public void noteRates() {
    database.useTransaction(tx -> Rates.note(tx, clock.instant()));
  }

  /** Works through open bulk cancels; answers how many batches it dealt with. */
  public int continueOperations() {
    int steps = 0;
    while (database.inTransaction(this::continueOperation)) {
      steps++;
    }
    database.useTransaction(tx -> Operations.closeDone(tx, clock.instant()));
    return steps;
  }

  private boolean continueOperation(Tx tx) {
    Optional<Operations.Step> step = Operations.next(tx);
    step.ifPresent(s ->
        Operations.mark(
            tx, s, fence.cancel(tx, s.caller(), s.batch(), s.order(), clock.instant())));
    return step.isPresent();
  }

  private int forEachBatch(
      Function<Rescue, List<UUID>> find, ToIntBiFunction<Rescue, UUID> rescue) {
    List<UUID> batches =
        database.inTransaction(tx -> find.apply(new Rescue(tx, clock.instant(), random)));
    int items = 0;
    for (UUID batch : batches) {
      items +=
          database.inTransaction(
              tx -> rescue.applyAsInt(new Rescue(tx, clock.instant(), random), batch));
    }
    return items;
  }
}
