package io.headgate.engine;

import static io.headgate.engine.EngineFixture.SUCCESS;
import static io.headgate.engine.EngineFixture.demand;
import static org.assertj.core.api.Assertions.assertThat;

import io.headgate.audit.Audit;
import io.headgate.batch.BatchState;
import io.headgate.batch.CancelMode;
import io.headgate.batch.Counts;
import io.headgate.db.Database;
import io.headgate.db.FaultyPostgresProxy;
import io.headgate.db.FaultyPostgresProxy.FaultPoint;
import io.headgate.db.TestPostgres;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Supplier;
import org.jdbi.v3.core.JdbiException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * The connection of each verb of the engine is cut at every step, before PostgreSQL receives the
 * step and before its response arrives. The verb has then happened wholly or not at all, and a
 * repeated call completes it.
 */
@Tag("slow")
class LostConnectionsTest {

  private final Database direct = TestPostgres.database();
  private final FaultyPostgresProxy line = new FaultyPostgresProxy(direct);
  private final EngineFixture fixture = new EngineFixture(line.open());

  @AfterEach
  void close() {
    try (direct;
        line) {
      fixture.close();
    }
  }

  /** What is cut, and what must be true afterwards. */
  private interface Trial<T> {
    T run();

    /**
     * @param answer empty when the cut kept it away
     */
    void check(Optional<T> answer);
  }

  /** Cuts at step 1, 2, … until a trial has no such step, on both sides of each. */
  private <T> void cutEverywhere(Supplier<Trial<T>> fresh, int fewestSteps) {
    for (FaultPoint cut : FaultPoint.values()) {
      int step = 1;
      while (broke(fresh.get(), step, cut)) {
        step++;
      }
      assertThat(step - 1).as("steps").isGreaterThanOrEqualTo(fewestSteps);
    }
    assertThat(new Audit(direct, fixture.clock).all().checks())
        .allSatisfy(check -> assertThat(check.violations()).isEmpty());
  }

  private <T> boolean broke(Trial<T> trial, int step, FaultPoint cut) {
    line.breakAt(step, cut);
    Optional<T> answer = Optional.empty();
    try {
      answer = Optional.of(trial.run());
    } catch (JdbiException e) {
      assertThat(io.headgate.db.DatabaseErrors.isUnreachable(e)).as(e.toString()).isTrue();
    }
    boolean broken = line.stopBreaking();
    assertThat(broken || answer.isPresent()).isTrue();
    trial.check(answer);
    return broken;
  }

  /** Runs what is left of a batch of five; each item must have one result, of its first attempt. */
  private void assertEndsWithFiveSuccesses(UUID batch) {
    fixture.settle(fixture.claim(100), SUCCESS);
    assertThat(fixture.batch(batch).state()).isEqualTo(BatchState.COMPLETED);
    assertThat(fixture.batch(batch).counts()).isEqualTo(new Counts(5, 0, 0, 5, 0, 0));
    assertThat(fixture.one("select count(*) from result where batch_id = :batch", batch))
        .isEqualTo(5);
    assertThat(fixture.one("select max(attempt) from result where batch_id = :batch", batch))
        .isEqualTo(1);
    assertThat(fixture.one("select count(*) from claim where batch_id = :batch", batch)).isZero();
  }

  private final class Claiming implements Trial<ExchangeResult> {

    private final UUID batch = fixture.submit(5);

    @Override
    public ExchangeResult run() {
      return fixture.exchanger.exchange(List.of(), demand(3));
    }

    @Override
    public void check(Optional<ExchangeResult> answer) {
      List<StartedAttempt> claims = answer.map(ExchangeResult::claims).orElse(List.of());
      fixture.engine.handBackUnknown(
          fixture.node, claims.stream().map(StartedAttempt::token).toList());
      assertThat(fixture.batch(batch).counts().running()).isEqualTo(claims.size());
      fixture.settle(claims, SUCCESS);
      assertEndsWithFiveSuccesses(batch);
    }
  }

  @Test
  void an_exchange_that_claims() {
    cutEverywhere(Claiming::new, 5);
  }

  private final class Settling implements Trial<ExchangeResult> {

    private final UUID batch = fixture.submit(5);
    private final List<AttemptReport> finished = fixture.settlements(fixture.claim(3), SUCCESS);

    @Override
    public ExchangeResult run() {
      return fixture.exchanger.exchange(finished, demand(1));
    }

    @Override
    public void check(Optional<ExchangeResult> answer) {
      List<StartedAttempt> claims = answer.map(ExchangeResult::claims).orElse(List.of());
      List<Long> known = new ArrayList<>(claims.stream().map(StartedAttempt::token).toList());
      finished.forEach(settlement -> known.add(settlement.token()));
      fixture.engine.handBackUnknown(fixture.node, known);
      // Shown again: refused when they had arrived, settled when they had not.
      fixture.exchanger.exchange(finished, Demand.NOTHING);
      assertThat(fixture.batch(batch).counts().succeeded()).isEqualTo(3);
      fixture.settle(claims, SUCCESS);
      assertEndsWithFiveSuccesses(batch);
    }
  }

  @Test
  void an_exchange_that_settles_and_claims() {
    cutEverywhere(Settling::new, 7);
  }

  private final class Cancelling implements Trial<CancelResult> {

    private final UUID batch = fixture.submit(5);
    private final List<StartedAttempt> running = fixture.claim(2);
    private final CancelOrder order;

    Cancelling(CancelMode mode) {
      order = new CancelOrder(mode, Duration.ofSeconds(10), "cut");
    }

    @Override
    public CancelResult run() {
      return fixture.engine.cancel(fixture.caller, batch, order);
    }

    @Override
    public void check(Optional<CancelResult> answer) {
      CancelResult.Fenced again = (CancelResult.Fenced) run();
      answer.ifPresent(
          first -> assertThat(((CancelResult.Fenced) first).receipt()).isEqualTo(again.receipt()));
      assertThat(again.receipt()).contains("\"stopped\":3", "\"running\":2", "\"refunded\":6");
      assertThat(fixture.claim(100)).isEmpty();
      fixture.settle(running, SUCCESS);
      assertThat(fixture.batch(batch).counts()).isEqualTo(new Counts(5, 0, 0, 2, 0, 3));
      assertThat(((CancelResult.Fenced) run()).receipt()).isEqualTo(again.receipt());
      assertThat(
              fixture.one(
                  "select sum(credits) from credit_entry where kind = 'refund' and batch_id = :batch",
                  batch))
          .isEqualTo(6);
    }
  }

  @Test
  void a_cancel_that_drains() {
    cutEverywhere(() -> new Cancelling(CancelMode.DRAIN), 5);
  }

  @Test
  void a_cancel_that_interrupts() {
    cutEverywhere(() -> new Cancelling(CancelMode.INTERRUPT), 5);
  }

  private final class Rescuing implements Trial<Integer> {

    private final UUID batch = fixture.submit(5);
    private final long silent = fixture.engine.join("silent", 10, List.of("noop"));
    private final Exchanger zombie = fixture.engine.exchanger(silent);
    private final List<StartedAttempt> lost = zombie.exchange(List.of(), demand(2)).claims();

    Rescuing() {
      fixture.advance(EngineFixture.LEASE.plusSeconds(1));
      fixture.database.useTransaction(tx -> NodeStore.heartbeat(tx, fixture.node, fixture.now()));
    }

    @Override
    public Integer run() {
      return fixture.engine.rescueLost();
    }

    @Override
    public void check(Optional<Integer> answer) {
      answer.ifPresent(items -> assertThat(items).isEqualTo(2));
      run();
      assertThat(run()).isZero();
      assertThat(fixture.batch(batch).counts()).isEqualTo(new Counts(5, 5, 0, 0, 0, 0));
      assertThat(fixture.one("select count(*) from result where batch_id = :batch", batch))
          .isEqualTo(2);
      assertThat(zombie.exchange(fixture.settlements(lost, SUCCESS), Demand.NOTHING).refused())
          .hasSize(2);
      fixture.settle(fixture.claim(100), SUCCESS);
      assertThat(fixture.batch(batch).counts()).isEqualTo(new Counts(5, 0, 0, 5, 0, 0));
    }
  }

  @Test
  void a_rescue() {
    cutEverywhere(Rescuing::new, 7);
  }
}
