package io.headgate.engine;

import static io.headgate.engine.EngineFixture.SUCCESS;
import static io.headgate.engine.EngineFixture.demand;
import static io.headgate.engine.EngineFixture.failure;
import static org.assertj.core.api.Assertions.assertThat;

import io.headgate.audit.Audit;
import io.headgate.audit.AuditReport;
import io.headgate.batch.AttemptResult;
import io.headgate.batch.BatchState;
import io.headgate.batch.Caller;
import io.headgate.batch.CancelMode;
import io.headgate.batch.Counts;
import io.headgate.batch.ItemRefs;
import io.headgate.credit.Accounts;
import io.headgate.credit.Accounts.NewAccount;
import io.headgate.db.Tx;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What users of other systems complain of, with the threads they do it in. None of it here. */
class KnownProblemsTest {

  private final EngineFixture fixture = new EngineFixture();

  @AfterEach
  void the_audit_is_clean() {
    try (fixture) {
      assertThat(new Audit(fixture.database, fixture.clock).all().checks())
          .flatExtracting(AuditReport.CheckResult::violations)
          .isEmpty();
    }
  }

  private static CancelOrder order(CancelMode mode) {
    return new CancelOrder(mode, Duration.ofSeconds(10), null);
  }

  private CancelResult cancel(UUID batch, CancelMode mode) {
    return fixture.engine.cancel(fixture.caller, batch, order(mode));
  }

  /** Waits for a claim, a retry, a paused batch: whatever could start, for a whole day. */
  @Test
  @DisplayName("work never starts after a cancel (rq 2160, airflow 16078, celery 1007)")
  void work_never_starts_after_a_cancel() {
    UUID fresh = fixture.submit(5);
    fixture.settle(fixture.claim(2), failure());
    UUID paused = fixture.submit(5);
    fixture.engine.pause(fixture.caller, paused);
    cancel(fresh, CancelMode.DRAIN);
    cancel(paused, CancelMode.DRAIN);
    assertThat(fixture.engine.resume(fixture.caller, paused))
        .isEqualTo(new PauseOrRetryResult.PauseAlreadyFinished(BatchState.CANCELLED));
    assertThat(fixture.engine.retry(fixture.caller, fresh))
        .isEqualTo(new PauseOrRetryResult.PauseAlreadyFinished(BatchState.CANCELLED));
    for (int hour = 0; hour < 24; hour++) {
      fixture.advance(Duration.ofHours(1));
      Exchanger another =
          fixture.engine.exchanger(fixture.engine.join("node-" + hour, 100, List.of("noop")));
      assertThat(another.exchange(List.of(), demand(100)).claims()).isEmpty();
    }
  }

  @ParameterizedTest(
      name = "a late completion does not overwrite a cancel, {0} (jobrunr 71, windmill 11246)")
  @EnumSource
  void a_late_completion_does_not_overwrite_a_cancel(CancelMode mode) {
    UUID batch = fixture.submit(4);
    List<StartedAttempt> running = fixture.claim(2);
    String receipt = ((CancelResult.Fenced) cancel(batch, mode)).receipt();
    fixture.settle(running.subList(0, 1), SUCCESS);
    fixture.settle(running.subList(1, 2), failure());
    assertThat(fixture.batch(batch).state()).isEqualTo(BatchState.CANCELLED);
    assertThat(fixture.settle(running, SUCCESS).refused()).hasSize(2);
    assertThat(fixture.batch(batch).state()).isEqualTo(BatchState.CANCELLED);
    assertThat(fixture.batch(batch).counts()).isEqualTo(new Counts(4, 0, 0, 1, 1, 2));
    assertThat(cancel(batch, mode)).isEqualTo(new CancelResult.Fenced(receipt, false));
  }

  @ParameterizedTest(
      name = "no batch stays in cancelling, {0} (prefect 4490, dagster 15013, river 1258)")
  @EnumSource
  void no_batch_stays_in_cancelling_when_its_node_is_dead(CancelMode mode) {
    UUID batch = fixture.submit(4);
    assertThat(fixture.claim(2)).hasSize(2);
    cancel(batch, mode);
    assertThat(fixture.batch(batch).state()).isEqualTo(BatchState.CANCELLING);
    fixture.advance(EngineFixture.LEASE.plusSeconds(1));
    fixture.engine.abandonOverdue();
    fixture.engine.rescueLost();
    assertThat(fixture.batch(batch).state()).isEqualTo(BatchState.CANCELLED);
    assertThat(fixture.batch(batch).fence().settleDueAt()).isAfterOrEqualTo(fixture.now());
    assertThat(fixture.batch(batch).counts()).isEqualTo(new Counts(4, 0, 0, 0, 0, 4));
  }

  @Test
  @DisplayName("a cancel reaches children and parents (sidekiq 6224, bullmq 1056)")
  void a_cancel_reaches_children_and_parents() {
    UUID whole = fixture.submitWithParent(4);
    UUID byParent = fixture.submitWithParent(4);
    UUID byChild = fixture.submitWithParent(4);
    cancel(whole, CancelMode.DRAIN);
    fixture.engine.cancelItems(
        fixture.caller, byParent, new ItemRefs(Set.of(0), Set.of()), order(CancelMode.DRAIN));
    fixture.engine.cancelItems(
        fixture.caller, byChild, new ItemRefs(Set.of(2), Set.of()), order(CancelMode.DRAIN));
    assertThat(List.of(whole, byParent, byChild))
        .allSatisfy(batch ->
            assertThat(fixture.batch(batch).counts()).isEqualTo(new Counts(4, 0, 0, 0, 0, 4)));
    assertThat(fixture.claim(100)).isEmpty();
  }

  @Test
  @DisplayName(
      "a cancel of very many writes no more than one of few (skypilot 4293, nextflow 2169)")
  void a_cancel_of_very_many_writes_no_more_than_one_of_few() {
    UUID few = fixture.submit(10);
    UUID many = fixture.submit(100_000);
    assertThat(rowsWritten(many)).isEqualTo(rowsWritten(few)).isLessThan(10);
    assertThat(fixture.batch(many).counts()).isEqualTo(new Counts(100_000, 0, 0, 0, 0, 100_000));
  }

  private Caller limited(long credits) {
    Accounts accounts = new Accounts(fixture.database, fixture.clock);
    NewAccount wanted = new NewAccount("limited", credits, null, null);
    UUID id =
        fixture.database.inTransaction(tx -> accounts.createIfNameIsFree(tx, wanted)).orElseThrow();
    return new Caller(id, wanted.name(), "admin");
  }

  private long rowsWritten(UUID batch) {
    return fixture.database.inTransaction(tx -> {
      long before = rowsWritten(tx);
      new BatchCancel(Duration.ofSeconds(20))
          .cancel(tx, fixture.caller, batch, order(CancelMode.DRAIN), fixture.now());
      return rowsWritten(tx) - before;
    });
  }

  private static long rowsWritten(Tx tx) {
    return tx.query(
            "select sum(n_tup_ins + n_tup_upd + n_tup_del)::bigint from pg_stat_xact_user_tables")
        .mapTo(Long.class)
        .one();
  }

  /** Success, failure, interrupt, a dead node and a cancel: only the success is paid for. */
  @Test
  @DisplayName("no credit is lost (litellm 37205, llm-d-batch-gateway 221)")
  void no_credit_is_lost() {
    Caller limited = limited(100);
    UUID batch = fixture.submit(limited, 50, EngineFixture.ORDER);
    List<StartedAttempt> running = fixture.claim(4);
    fixture.settle(running.subList(0, 1), SUCCESS);
    AttemptResult lasting = new AttemptResult.AttemptFailed("gone", "404", false, Optional.empty());
    fixture.settle(running.subList(1, 2), lasting);
    fixture.engine.cancel(limited, batch, order(CancelMode.INTERRUPT));
    fixture.settle(running.subList(2, 3), new AttemptResult.Interrupted());
    fixture.advance(EngineFixture.LEASE.plusSeconds(1));
    fixture.engine.rescueLost();
    fixture.engine.addUpCredits();
    String free = "select granted - reserved - charged from account where id = :batch";
    assertThat(fixture.one(free, limited.account())).isEqualTo(98);
    assertThat(fixture.one("select reserved from account where id = :batch", limited.account()))
        .isZero();
  }
}
