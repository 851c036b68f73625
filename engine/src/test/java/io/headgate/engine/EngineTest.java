package io.headgate.engine;

import static io.headgate.engine.EngineFixture.SUCCESS;
import static io.headgate.engine.EngineFixture.demand;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.headgate.batch.AttemptResult;
import io.headgate.batch.BatchState;
import io.headgate.batch.Caller;
import io.headgate.batch.CancelMode;
import io.headgate.batch.Counts;
import io.headgate.batch.ItemRefs;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** The verbs of the engine, from submit to the last settlement. */
class EngineTest {

  private final EngineFixture fixture = new EngineFixture();

  private static final CancelOrder DRAIN =
      new CancelOrder(CancelMode.DRAIN, CancelOrder.DEFAULT_GRACE, "wrong list");
  private static final CancelOrder INTERRUPT =
      new CancelOrder(CancelMode.INTERRUPT, Duration.ofSeconds(10), null);

  @AfterEach
  void close() {
    fixture.close();
  }

  @Test
  void a_batch_runs_from_pending_to_completed() {
    UUID batch = fixture.submit(10);
    assertThat(fixture.batch(batch).state()).isEqualTo(BatchState.PENDING);
    List<StartedAttempt> claims = fixture.claim(4);
    assertThat(claims).extracting(StartedAttempt::ordinal).containsExactly(0, 1, 2, 3);
    assertThat(fixture.batch(batch).counts()).isEqualTo(new Counts(10, 6, 4, 0, 0, 0));
    List<StartedAttempt> rest =
        fixture.exchanger.exchange(fixture.settlements(claims, SUCCESS), demand(100)).claims();
    assertThat(rest).hasSize(6);
    fixture.settle(rest, SUCCESS);
    assertThat(fixture.batch(batch).state()).isEqualTo(BatchState.COMPLETED);
    assertThat(fixture.batch(batch).journaled().charged()).isEqualTo(20);
  }

  @Test
  void a_cancel_stops_what_waits_and_lets_what_runs_finish() {
    UUID batch = fixture.submit(1_000);
    List<StartedAttempt> running = fixture.claim(64);
    CancelResult result = fixture.engine.cancel(fixture.caller, batch, DRAIN);
    assertThat(result).isInstanceOf(CancelResult.Fenced.class);
    assertThat(((CancelResult.Fenced) result).receipt())
        .contains("\"stopped\":936", "\"running\":64", "\"refunded\":1872", "\"at_stake\":128");
    assertThat(fixture.batch(batch).state()).isEqualTo(BatchState.CANCELLING);
    assertThat(fixture.claim(100)).isEmpty();
    fixture.settle(running, SUCCESS);
    assertThat(fixture.batch(batch).state()).isEqualTo(BatchState.CANCELLED);
    assertThat(fixture.batch(batch).counts()).isEqualTo(new Counts(1_000, 0, 0, 64, 0, 936));
    assertThat(fixture.one("select count(*) from credit_entry where batch_id = :batch", batch))
        .isEqualTo(3);
  }

  @Test
  void a_repeated_cancel_answers_the_same_receipt_byte_for_byte() {
    UUID batch = fixture.submit(10);
    fixture.claim(3);
    CancelResult first = fixture.engine.cancel(fixture.caller, batch, DRAIN);
    fixture.advance(Duration.ofMinutes(1));
    CancelResult second = fixture.engine.cancel(fixture.caller, batch, INTERRUPT);
    assertThat(((CancelResult.Fenced) second).receipt())
        .isEqualTo(((CancelResult.Fenced) first).receipt());
    assertThat(((CancelResult.Fenced) second).first()).isFalse();
    assertThat(fixture.engine.stopOrders(List.of(batch)).batches()).containsKey(batch);
  }

  @Test
  void an_interrupted_item_is_refunded_and_one_that_does_not_stop_is_abandoned() {
    UUID batch = fixture.submit(3);
    List<StartedAttempt> running = fixture.claim(3);
    fixture.engine.cancel(fixture.caller, batch, INTERRUPT);
    fixture.settle(running.subList(0, 1), SUCCESS);
    fixture.settle(running.subList(1, 2), new AttemptResult.Interrupted());
    fixture.advance(Duration.ofSeconds(11));
    assertThat(fixture.engine.abandonOverdue()).isEqualTo(1);
    assertThat(fixture.batch(batch).state()).isEqualTo(BatchState.CANCELLED);
    assertThat(fixture.batch(batch).counts()).isEqualTo(new Counts(3, 0, 0, 1, 0, 2));
    assertThat(fixture.settle(running.subList(2, 3), SUCCESS).refused()).hasSize(1);
    assertThat(fixture.batch(batch).journaled().refunded()).isEqualTo(4);
  }

  @Test
  void a_failed_attempt_waits_longer_each_time_and_the_last_one_fails_the_item() {
    UUID batch = fixture.submit(1);
    fixture.settle(fixture.claim(1), EngineFixture.failure());
    assertThat(fixture.claim(1)).isEmpty();
    fixture.advance(Duration.ofMillis(1_300));
    List<StartedAttempt> second = fixture.claim(1);
    assertThat(second).extracting(StartedAttempt::attempt).containsExactly(2);
    fixture.settle(second, EngineFixture.failure());
    fixture.advance(Duration.ofMillis(1_300));
    assertThat(fixture.claim(1)).isEmpty();
    fixture.advance(Duration.ofMillis(1_300));
    fixture.settle(fixture.claim(1), EngineFixture.failure());
    assertThat(fixture.batch(batch).state()).isEqualTo(BatchState.FAILED);
    assertThat(fixture.batch(batch).journaled().refunded()).isEqualTo(2);
  }

  @Test
  void a_dead_node_loses_its_items_and_a_late_result_is_refused() {
    UUID batch = fixture.submit(5);
    List<StartedAttempt> running = fixture.claim(2);
    fixture.advance(EngineFixture.LEASE.plusSeconds(1));
    assertThat(fixture.engine.rescueLost()).isEqualTo(2);
    assertThat(fixture.settle(running, SUCCESS).refused()).hasSize(2);
    assertThat(fixture.batch(batch).counts()).isEqualTo(new Counts(5, 5, 0, 0, 0, 0));
    assertThat(fixture.engine.heartbeat(fixture.node)).isFalse();
    Exchanger other = fixture.engine.exchanger(fixture.engine.join("other", 10, List.of("noop")));
    List<StartedAttempt> again = other.exchange(List.of(), demand(10)).claims();
    assertThat(again).extracting(StartedAttempt::attempt).containsExactlyInAnyOrder(2, 2, 1, 1, 1);
  }

  @Test
  void items_are_cancelled_singly_wherever_they_wait() {
    UUID batch = fixture.submit(10);
    List<StartedAttempt> running = fixture.claim(2);
    fixture.settle(running.subList(0, 1), EngineFixture.failure());
    ItemsCancelResult result =
        fixture.engine.cancelItems(
            fixture.caller, batch, new ItemRefs(Set.of(0, 1, 5), Set.of("ref-9")), DRAIN);
    assertThat(result).isInstanceOf(ItemsCancelResult.ItemsCancelled.class);
    ItemsCancelResult.ItemsCancelled done = (ItemsCancelResult.ItemsCancelled) result;
    assertThat(done.cancelled()).containsExactly(0, 5, 9);
    assertThat(done.skipped()).extracting(ItemsCancelResult.Skipped::ordinal).containsExactly(1);
    assertThat(done.creditsRefunded()).isEqualTo(6);
    List<StartedAttempt> rest =
        fixture
            .exchanger
            .exchange(fixture.settlements(running.subList(1, 2), SUCCESS), demand(100))
            .claims();
    assertThat(rest).extracting(StartedAttempt::ordinal).containsExactly(2, 3, 4, 6, 7, 8);
    fixture.settle(rest, SUCCESS);
    assertThat(fixture.batch(batch).state()).isEqualTo(BatchState.COMPLETED);
    assertThat(fixture.batch(batch).counts()).isEqualTo(new Counts(10, 0, 0, 7, 0, 3));
  }

  @Test
  void failed_items_are_retried_in_place_and_charged_once() {
    UUID batch = fixture.submit(4);
    List<StartedAttempt> claims = fixture.claim(4);
    fixture.settle(claims.subList(0, 2), SUCCESS);
    AttemptResult lasting = new AttemptResult.AttemptFailed("gone", "404", false, Optional.empty());
    fixture.settle(claims.subList(2, 4), lasting);
    assertThat(fixture.batch(batch).state()).isEqualTo(BatchState.PARTIAL);
    assertThat(fixture.engine.retry(fixture.caller, batch))
        .isEqualTo(new PauseOrRetryResult.Applied(2));
    assertThat(fixture.batch(batch).state()).isEqualTo(BatchState.RUNNING);
    fixture.settle(fixture.claim(10), SUCCESS);
    BatchRow after = fixture.batch(batch);
    assertThat(after.state()).isEqualTo(BatchState.COMPLETED);
    assertThat(after.journaled().charged()).isEqualTo(8);
    assertThat(after.journaled().reserved()).isEqualTo(12);
    assertThat(after.journaled().refunded()).isEqualTo(4);
    assertThat(fixture.engine.retry(fixture.caller, batch))
        .isEqualTo(new PauseOrRetryResult.NothingToRetry());
  }

  @Test
  void the_cancelled_rest_is_resubmitted_as_a_new_batch() {
    UUID batch = fixture.submit(10);
    List<StartedAttempt> running = fixture.claim(4);
    fixture.engine.cancel(fixture.caller, batch, DRAIN);
    assertThat(fixture.engine.resubmit(fixture.caller, batch, false))
        .isEqualTo(new ResubmitResult.ResubmitNotFinished(BatchState.CANCELLING));
    fixture.settle(running, SUCCESS);
    ResubmitResult result = fixture.engine.resubmit(fixture.caller, batch, false);
    UUID copy = ((ResubmitResult.Resubmitted) result).batchId();
    assertThat(fixture.batch(copy).counts()).isEqualTo(new Counts(6, 6, 0, 0, 0, 0));
    fixture.settle(fixture.claim(10), SUCCESS);
    assertThat(fixture.batch(copy).state()).isEqualTo(BatchState.COMPLETED);
  }

  @Test
  void a_paused_batch_starts_nothing() {
    UUID batch = fixture.submit(10);
    fixture.engine.pause(fixture.caller, batch);
    assertThat(fixture.claim(10)).isEmpty();
    fixture.engine.resume(fixture.caller, batch);
    assertThat(fixture.claim(10)).hasSize(10);
  }

  @Test
  void a_batch_past_its_deadline_is_cancelled_as_expired() {
    NewBatch.BatchOrder o = EngineFixture.ORDER;
    UUID batch =
        fixture.submit(
            fixture.caller,
            5,
            new NewBatch.BatchOrder(
                o.processor(),
                null,
                o.metadata(),
                o.options(),
                o.limits(),
                0,
                null,
                fixture.now().plusSeconds(60),
                3_600));
    assertThat(fixture.engine.expire()).isZero();
    fixture.advance(Duration.ofSeconds(61));
    assertThat(fixture.engine.expire()).isEqualTo(1);
    assertThat(fixture.batch(batch).state()).isEqualTo(BatchState.CANCELLED);
  }

  @Test
  void a_bulk_cancel_cancels_each_batch_and_reports_its_progress() {
    UUID a = fixture.submit(5);
    UUID b = fixture.submit(5);
    fixture.settle(fixture.claim(10), SUCCESS);
    UUID c = fixture.submit(5);
    UUID operation = fixture.engine.cancelAll(fixture.caller, "{}", List.of(a, b, c), DRAIN);
    assertThat(fixture.engine.continueOperations()).isEqualTo(3);
    BulkCancelView view = fixture.engine.operation(fixture.caller, operation).orElseThrow();
    assertThat(view.state()).isEqualTo("completed");
    assertThat(view.cancelled()).isEqualTo(1);
    assertThat(view.skipped()).isEqualTo(2);
    assertThat(view.receipts()).hasSize(1);
  }

  @Test
  void what_a_node_holds_without_knowing_is_handed_back_without_counting_the_attempt() {
    UUID batch = fixture.submit(5);
    List<StartedAttempt> known = fixture.claim(2);
    fixture.claim(2);
    assertThat(fixture.engine.handBackUnknown(fixture.node, List.of(known.getFirst().token())))
        .isEqualTo(2);
    assertThat(fixture.batch(batch).counts()).isEqualTo(new Counts(5, 3, 2, 0, 0, 0));
    assertThat(fixture.claim(10)).extracting(StartedAttempt::attempt).containsOnly(1);
  }

  @Test
  void an_account_without_enough_credits_is_refused_and_nothing_stays() {
    Caller poor = fixture.account("poor", 9L);
    assertThatThrownBy(() -> fixture.submit(poor, 5, EngineFixture.ORDER))
        .hasMessageContaining("needed=10, available=9");
    assertThat(fixture.one("select count(*) from item where batch_id <> :batch", poor.account()))
        .isZero();
  }
}
