package io.headgate.engine;

import static io.headgate.engine.EngineFixture.demand;
import static org.assertj.core.api.Assertions.assertThat;

import io.headgate.audit.Audit;
import io.headgate.audit.AuditReport;
import io.headgate.batch.CancelMode;
import io.headgate.db.Tx;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.junit.jupiter.api.AfterEach;

/** The verbs as winners do them: within a transaction that is held open. */
abstract class RaceCase {

  static final CancelOrder DRAIN =
      new CancelOrder(CancelMode.DRAIN, CancelOrder.DEFAULT_GRACE, null);
  static final CancelOrder INTERRUPT =
      new CancelOrder(CancelMode.INTERRUPT, Duration.ofSeconds(10), null);

  final EngineFixture fixture = new EngineFixture();

  @AfterEach
  void the_audit_is_clean() {
    try (fixture) {
      assertThat(new Audit(fixture.database, fixture.clock).all().checks())
          .flatExtracting(AuditReport.CheckResult::violations)
          .isEmpty();
    }
  }

  /** On another connection: one thread has one transaction, however often it begins. */
  static <T> T elsewhere(Supplier<T> work) {
    return CompletableFuture.supplyAsync(work).orTimeout(20, TimeUnit.SECONDS).join();
  }

  final List<StartedAttempt> claimIn(Tx tx, int slots) {
    List<Candidates.Candidate> found =
        new Candidates().find(tx, demand(slots), fixture.now(), true, List.of());
    return exchangeIn(tx, List.of(), demand(slots), found).claims();
  }

  final ExchangeResult settleIn(Tx tx, List<AttemptReport> settlements) {
    return exchangeIn(tx, settlements, Demand.NOTHING, List.of());
  }

  final ExchangeResult exchangeIn(
      Tx tx, List<AttemptReport> settlements, Demand demand, List<Candidates.Candidate> found) {
    LockedBatches locked =
        LockedBatches.lock(tx, Exchange.batches(settlements, found), fixture.now());
    return new Exchange(locked, fixture.node, demand, new Random(7))
        .run(settlements, found, Set.of());
  }

  final CancelResult.Fenced cancelIn(Tx tx, UUID batch, CancelOrder order) {
    BatchCancel fence = new BatchCancel(Duration.ofSeconds(20));
    return (CancelResult.Fenced) fence.cancel(tx, fixture.caller, batch, order, fixture.now());
  }

  final Rescue rescueIn(Tx tx) {
    return new Rescue(tx, fixture.now(), new Random(7));
  }
}
