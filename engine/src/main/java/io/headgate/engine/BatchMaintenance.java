package io.headgate.engine;

import io.headgate.batch.Caller;
import io.headgate.batch.CancelMode;
import io.headgate.batch.Ids;
import io.headgate.credit.CreditJournal;
import io.headgate.db.Database;
import io.headgate.db.Tx;
import java.time.InstantSource;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.function.BiFunction;
import java.util.function.ToIntBiFunction;
import java.util.random.RandomGenerator;

/**
 * The verbs of {@link Engine} that maintenance runs: each finds the batches that are due, page by
 * page, and processes each in its own transaction, so that one that fails does not stop the others.
 */
final class BatchMaintenance {

  private static final String EXPIRED =
      """
      select b.id, b.account_id, a.name from batch b join account a on a.id = b.account_id
      where b.expires_at <= :now and b.finished_at is null and b.fence_epoch is null
        and b.id > :after
      order by b.id limit 100
      """;

  private static final CancelOrder EXPIRY =
      new CancelOrder(CancelMode.DRAIN, CancelOrder.DEFAULT_GRACE, "expired");

  private record ExpiredBatch(UUID batch, Caller caller) {}

  private final Database database;
  private final InstantSource clock;
  private final RandomGenerator random;
  private final BatchCancel fence;
  private final EngineFaults faults;

  BatchMaintenance(
      Database database,
      InstantSource clock,
      RandomGenerator random,
      BatchCancel fence,
      EngineFaults faults) {
    this.database = database;
    this.clock = clock;
    this.random = random;
    this.fence = fence;
    this.faults = faults;
  }

  int handBackUnknown(long node, Collection<Long> knownTokens) {
    BatchSweep sweep = new BatchSweep("handing back items", faults);
    run(
        sweep,
        (rescue, after) -> rescue.batchesOfNode(node, knownTokens, after),
        (rescue, batch) -> rescue.handBackUnknown(batch, node, knownTokens));
    return sweep.done();
  }

  int rescueLost() {
    database.useTransaction(tx -> NodeStore.stopExpired(tx, clock.instant()));
    BatchSweep sweep = new BatchSweep("rescuing items of dead nodes", faults);
    run(sweep, Rescue::batchesOfStoppedNodes, Rescue::rescueFromStoppedNodes);
    return sweep.result();
  }

  int abandonOverdue() {
    BatchSweep sweep = new BatchSweep("ending grace periods", faults);
    run(sweep, Rescue::overdueFences, Rescue::abandonOverdue);
    run(sweep, Rescue::overdueInterruptions, Rescue::abandonOverdueItems);
    return sweep.result();
  }

  int timeOutRemote() {
    BatchSweep sweep = new BatchSweep("timing out remote attempts", faults);
    run(sweep, Rescue::overdueRemotely, Rescue::timeOutRemote);
    return sweep.result();
  }

  int expire() {
    BatchSweep sweep = new BatchSweep("expiry", faults);
    List<ExpiredBatch> page = expired(Ids.NIL);
    while (!page.isEmpty()) {
      page.forEach(each -> sweep.run(each.batch(), () -> cancel(each)));
      page = expired(page.getLast().batch());
    }
    return sweep.result();
  }

  private int cancel(ExpiredBatch expired) {
    database.inTransaction(
        tx -> fence.cancel(tx, expired.caller(), expired.batch(), EXPIRY, clock.instant()));
    return 1;
  }

  private List<ExpiredBatch> expired(UUID after) {
    return database.read(tx ->
        tx.query(EXPIRED)
            .bind("now", clock.instant())
            .bind("after", after)
            .map((row, context) ->
                new ExpiredBatch(
                    row.getObject("id", UUID.class),
                    new Caller(
                        row.getObject("account_id", UUID.class),
                        row.getString("name"),
                        "expires_at")))
            .list());
  }

  int continueOperations() {
    BatchSweep sweep = new BatchSweep("a bulk cancel", faults);
    Optional<BulkCancels.BulkCancelStep> step = nextStep(Ids.NIL, Ids.NIL);
    while (step.isPresent()) {
      BulkCancels.BulkCancelStep next = step.get();
      sweep.run(next.batch(), () -> database.inTransaction(tx -> run(tx, next)));
      step = nextStep(next.operation(), next.batch());
    }
    database.useTransaction(tx -> BulkCancels.closeDone(tx, clock.instant()));
    return sweep.result();
  }

  private Optional<BulkCancels.BulkCancelStep> nextStep(UUID operation, UUID batch) {
    return database.inTransaction(tx -> BulkCancels.next(tx, operation, batch));
  }

  /** Another node may deal with the step at the same time: then there is nothing to do. */
  private int run(Tx tx, BulkCancels.BulkCancelStep step) {
    if (!BulkCancels.lock(tx, step)) {
      return 0;
    }
    CancelResult result =
        fence.cancel(tx, step.caller(), step.batch(), step.order(), clock.instant());
    BulkCancels.mark(tx, step, result);
    return 1;
  }

  void addUpCredits() {
    for (UUID account : database.inTransaction(CreditJournal::accountsWithDeltas)) {
      database.useTransaction(tx -> CreditJournal.addUp(tx, account));
    }
  }

  private void run(
      BatchSweep sweep,
      BiFunction<Rescue, UUID, List<UUID>> findAfter,
      ToIntBiFunction<Rescue, UUID> rescue) {
    List<UUID> page = List.of(Ids.NIL);
    while (!page.isEmpty()) {
      UUID after = page.getLast();
      page = database.inTransaction(tx -> findAfter.apply(rescue(tx), after));
      for (UUID batch : page) {
        sweep.run(batch, () -> database.inTransaction(tx -> rescue.applyAsInt(rescue(tx), batch)));
      }
    }
  }

  private Rescue rescue(Tx tx) {
    return new Rescue(tx, clock.instant(), random);
  }
}
