package io.headgate.engine;

import static io.headgate.engine.EngineFixture.SUCCESS;
import static io.headgate.engine.EngineFixture.demand;
import static io.headgate.engine.EngineFixture.failure;
import static org.assertj.core.api.Assertions.assertThat;

import io.headgate.audit.Audit;
import io.headgate.audit.AuditReport;
import io.headgate.batch.BatchState;
import io.headgate.batch.Caller;
import io.headgate.batch.CancelMode;
import io.headgate.batch.Counts;
import io.headgate.batch.Ending;
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
class PainTest {

  private final EngineFixture house = new EngineFixture();

  @AfterEach
  void the_audit_is_clean() {
    try (house) {
      assertThat(new Audit(house.database, house.clock).all().checks())
          .flatExtracting(AuditReport.CheckResult::violations)
          .isEmpty();
    }
  }

  private static CancelOrder order(CancelMode mode) {
    return new CancelOrder(mode, Duration.ofSeconds(10), null);
  }

  private CancelResult cancel(UUID batch, CancelMode mode) {
    return house.engine.cancel(house.caller, batch, order(mode));
  }

  /** Waits for a claim, a retry, a paused batch: whatever could start, for a whole day. */
  @Test
  @DisplayName("work never starts after a cancel (rq 2160, airflow 16078, celery 1007)")
  void work_never_starts_after_a_cancel() {
    UUID fresh = house.submit(5);
    house.settle(house.claim(2), failure());
    UUID paused = house.submit(5);
    house.engine.pause(house.caller, paused);
    cancel(fresh, CancelMode.DRAIN);
    cancel(paused, CancelMode.DRAIN);
    assertThat(house.engine.resume(house.caller, paused))
        .isEqualTo(new ChangeResult.AlreadyFinished(BatchState.CANCELLED));
    assertThat(house.engine.retry(house.caller, fresh))
        .isEqualTo(new ChangeResult.AlreadyFinished(BatchState.CANCELLED));
    for (int hour = 0; hour < 24; hour++) {
      house.pass(Duration.ofHours(1));
      Exchanger another =
          house.engine.exchanger(house.engine.join("node-" + hour, 100, List.of("noop")));
      assertThat(another.exchange(List.of(), demand(100)).claims()).isEmpty();
    }
  }

  @ParameterizedTest(
      name = "a late completion does not overwrite a cancel, {0} (jobrunr 71, windmill 11246)")
  @EnumSource
  void a_late_completion_does_not_overwrite_a_cancel(CancelMode mode) {
    UUID batch = house.submit(4);
    List<Claimed> running = house.claim(2);
    String receipt = ((CancelResult.Fenced) cancel(batch, mode)).receipt();
    house.settle(running.subList(0, 1), SUCCESS);
    house.settle(running.subList(1, 2), failure());
    assertThat(house.batch(batch).state()).isEqualTo(BatchState.CANCELLED);
    assertThat(house.settle(running, SUCCESS).refused()).hasSize(2);
    assertThat(house.batch(batch).state()).isEqualTo(BatchState.CANCELLED);
    assertThat(house.batch(batch).counts()).isEqualTo(new Counts(4, 0, 0, 1, 1, 2));
    assertThat(cancel(batch, mode)).isEqualTo(new CancelResult.Fenced(receipt, false));
  }

  @ParameterizedTest(
      name = "no batch stays in cancelling, {0} (prefect 4490, dagster 15013, river 1258)")
  @EnumSource
  void no_batch_stays_in_cancelling_when_nobody_answers_any_more(CancelMode mode) {
    UUID batch = house.submit(4);
    assertThat(house.claim(2)).hasSize(2);
    cancel(batch, mode);
    assertThat(house.batch(batch).state()).isEqualTo(BatchState.CANCELLING);
    house.pass(EngineFixture.LEASE.plusSeconds(1));
    house.engine.abandonOverdue();
    house.engine.rescueLost();
    assertThat(house.batch(batch).state()).isEqualTo(BatchState.CANCELLED);
    assertThat(house.batch(batch).fence().settleDueAt()).isAfterOrEqualTo(house.now());
    assertThat(house.batch(batch).counts()).isEqualTo(new Counts(4, 0, 0, 0, 0, 4));
  }

  @Test
  @DisplayName("a cancel reaches children and parents (sidekiq 6224, bullmq 1056)")
  void a_cancel_reaches_children_and_parents() {
    UUID whole = house.submitFamily(4);
    UUID byParent = house.submitFamily(4);
    UUID byChild = house.submitFamily(4);
    cancel(whole, CancelMode.DRAIN);
    house.engine.cancelItems(
        house.caller, byParent, new ItemRefs(Set.of(0), Set.of()), order(CancelMode.DRAIN));
    house.engine.cancelItems(
        house.caller, byChild, new ItemRefs(Set.of(2), Set.of()), order(CancelMode.DRAIN));
    assertThat(List.of(whole, byParent, byChild))
        .allSatisfy(batch ->
            assertThat(house.batch(batch).counts()).isEqualTo(new Counts(4, 0, 0, 0, 0, 4)));
    assertThat(house.claim(100)).isEmpty();
  }

  @Test
  @DisplayName(
      "a cancel of very many writes no more than one of few (skypilot 4293, nextflow 2169)")
  void a_cancel_of_very_many_writes_no_more_than_one_of_few() {
    UUID few = house.submit(10);
    UUID many = house.submit(100_000);
    assertThat(rowsWritten(many)).isEqualTo(rowsWritten(few)).isLessThan(10);
    assertThat(house.batch(many).counts()).isEqualTo(new Counts(100_000, 0, 0, 0, 0, 100_000));
  }

  private Caller limited(long credits) {
    Accounts accounts = new Accounts(house.database, house.clock);
    NewAccount wanted = new NewAccount("limited", credits, null, null);
    UUID id =
        house.database.inTransaction(tx -> accounts.createIfNameIsFree(tx, wanted)).orElseThrow();
    return new Caller(id, wanted.name(), "admin");
  }

  private long rowsWritten(UUID batch) {
    return house.database.inTransaction(tx -> {
      long before = rowsWritten(tx);
      new Fence(Duration.ofSeconds(20))
          .cancel(tx, house.caller, batch, order(CancelMode.DRAIN), house.now());
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
    UUID batch = house.submit(limited, 50, EngineFixture.ORDER);
    List<Claimed> running = house.claim(4);
    house.settle(running.subList(0, 1), SUCCESS);
    Ending lasting = new Ending.Failed("gone", "404", false, Optional.empty());
    house.settle(running.subList(1, 2), lasting);
    house.engine.cancel(limited, batch, order(CancelMode.INTERRUPT));
    house.settle(running.subList(2, 3), new Ending.Interrupted());
    house.pass(EngineFixture.LEASE.plusSeconds(1));
    house.engine.rescueLost();
    house.engine.addUpCredits();
    String free = "select granted - reserved - charged from account where id = :batch";
    assertThat(house.one(free, limited.account())).isEqualTo(98);
    assertThat(house.one("select reserved from account where id = :batch", limited.account()))
        .isZero();
  }
}
