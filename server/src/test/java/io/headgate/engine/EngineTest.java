package io.headgate.engine;

import static io.headgate.engine.EngineFixture.SUCCESS;
import static io.headgate.engine.EngineFixture.demand;
import static org.assertj.core.api.Assertions.assertThat;

import io.headgate.batch.BatchState;
import io.headgate.batch.CancelMode;
import io.headgate.batch.Counts;
import io.headgate.batch.Ending;
import io.headgate.batch.ItemRefs;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class EngineTest {

  private final EngineFixture house = new EngineFixture();

  private static final CancelOrder DRAIN =
      new CancelOrder(CancelMode.DRAIN, CancelOrder.DEFAULT_GRACE, "wrong list");
  private static final CancelOrder INTERRUPT =
      new CancelOrder(CancelMode.INTERRUPT, Duration.ofSeconds(10), null);

  @AfterEach
  void close() {
    house.close();
  }

  @Test
  void a_batch_runs_from_pending_to_completed() {
    UUID batch = house.submit(10);
    assertThat(house.batch(batch).state()).isEqualTo(BatchState.PENDING);
    List<Claimed> claims = house.claim(4);
    assertThat(claims).extracting(Claimed::ordinal).containsExactly(0, 1, 2, 3);
    assertThat(house.batch(batch).counts()).isEqualTo(new Counts(10, 6, 4, 0, 0, 0));
    List<Claimed> rest =
        house.exchanger.exchange(house.settlements(claims, SUCCESS), demand(100)).claims();
    assertThat(rest).hasSize(6);
    house.settle(rest, SUCCESS);
    assertThat(house.batch(batch).state()).isEqualTo(BatchState.COMPLETED);
    assertThat(house.batch(batch).journaled().charged()).isEqualTo(20);
  }

  @Test
  void a_cancel_stops_what_waits_and_lets_what_runs_finish() {
    UUID batch = house.submit(1_000);
    List<Claimed> running = house.claim(64);
    CancelResult result = house.engine.cancel(house.caller, batch, DRAIN);
    assertThat(result).isInstanceOf(CancelResult.Fenced.class);
    assertThat(((CancelResult.Fenced) result).receipt())
        .contains("\"stopped\":936", "\"running\":64", "\"refunded\":1872", "\"at_stake\":128");
    assertThat(house.batch(batch).state()).isEqualTo(BatchState.CANCELLING);
    assertThat(house.claim(100)).isEmpty();
    house.settle(running, SUCCESS);
    assertThat(house.batch(batch).state()).isEqualTo(BatchState.CANCELLED);
    assertThat(house.batch(batch).counts()).isEqualTo(new Counts(1_000, 0, 0, 64, 0, 936));
    assertThat(house.one("select count(*) from credit_entry where batch_id = :batch", batch))
        .isEqualTo(3);
  }

  @Test
  void a_repeated_cancel_answers_the_same_receipt_byte_for_byte() {
    UUID batch = house.submit(10);
    house.claim(3);
    CancelResult first = house.engine.cancel(house.caller, batch, DRAIN);
    house.pass(Duration.ofMinutes(1));
    CancelResult second = house.engine.cancel(house.caller, batch, INTERRUPT);
    assertThat(((CancelResult.Fenced) second).receipt())
        .isEqualTo(((CancelResult.Fenced) first).receipt());
    assertThat(((CancelResult.Fenced) second).first()).isFalse();
    assertThat(house.engine.stopOrders(List.of(batch)).batches()).containsKey(batch);
  }

  @Test
  void an_interrupted_item_is_refunded_and_one_that_does_not_stop_is_abandoned() {
    UUID batch = house.submit(3);
    List<Claimed> running = house.claim(3);
    house.engine.cancel(house.caller, batch, INTERRUPT);
    house.settle(running.subList(0, 1), SUCCESS);
    house.settle(running.subList(1, 2), new Ending.Interrupted());
    house.pass(Duration.ofSeconds(11));
    assertThat(house.engine.abandonOverdue()).isEqualTo(1);
    assertThat(house.batch(batch).state()).isEqualTo(BatchState.CANCELLED);
    assertThat(house.batch(batch).counts()).isEqualTo(new Counts(3, 0, 0, 1, 0, 2));
    assertThat(house.settle(running.subList(2, 3), SUCCESS).refused()).hasSize(1);
    assertThat(house.batch(batch).journaled().refunded()).isEqualTo(4);
  }

  @Test
  void a_failed_attempt_waits_longer_each_time_and_the_last_one_fails_the_item() {
    UUID batch = house.submit(1);
    house.settle(house.claim(1), EngineFixture.failure());
    assertThat(house.claim(1)).isEmpty();
    house.pass(Duration.ofMillis(1_300));
    List<Claimed> second = house.claim(1);
    assertThat(second).extracting(Claimed::attempt).containsExactly(2);
    house.settle(second, EngineFixture.failure());
    house.pass(Duration.ofMillis(1_300));
    assertThat(house.claim(1)).isEmpty();
    house.pass(Duration.ofMillis(1_300));
    house.settle(house.claim(1), EngineFixture.failure());
    assertThat(house.batch(batch).state()).isEqualTo(BatchState.FAILED);
    assertThat(house.batch(batch).journaled().refunded()).isEqualTo(2);
  }

  @Test
  void a_dead_node_loses_its_items_and_a_late_result_is_refused() {
    UUID batch = house.submit(5);
    List<Claimed> running = house.claim(2);
    house.pass(EngineFixture.LEASE.plusSeconds(1));
    assertThat(house.engine.rescueLost()).isEqualTo(2);
    assertThat(house.settle(running, SUCCESS).refused()).hasSize(2);
    assertThat(house.batch(batch).counts()).isEqualTo(new Counts(5, 5, 0, 0, 0, 0));
    assertThat(house.engine.beat(house.node)).isFalse();
    Exchanger other = house.engine.exchanger(house.engine.join("other", 10, List.of("noop")));
    List<Claimed> again = other.exchange(List.of(), demand(10)).claims();
    assertThat(again).extracting(Claimed::attempt).containsExactlyInAnyOrder(2, 2, 1, 1, 1);
  }

  @Test
  void items_are_cancelled_singly_wherever_they_wait() {
    UUID batch = house.submit(10);
    List<Claimed> running = house.claim(2);
    house.settle(running.subList(0, 1), EngineFixture.failure());
    ItemsCancelResult result =
        house.engine.cancelItems(
            house.caller, batch, new ItemRefs(Set.of(0, 1, 5), Set.of("ref-9")), DRAIN);
    assertThat(result).isInstanceOf(ItemsCancelResult.Done.class);
    ItemsCancelResult.Done done = (ItemsCancelResult.Done) result;
    assertThat(done.cancelled()).containsExactly(0, 5, 9);
    assertThat(done.skipped()).extracting(ItemsCancelResult.Skipped::ordinal).containsExactly(1);
    assertThat(done.creditsRefunded()).isEqualTo(6);
    List<Claimed> rest =
        house
            .exchanger
            .exchange(house.settlements(running.subList(1, 2), SUCCESS), demand(100))
            .claims();
    assertThat(rest).extracting(Claimed::ordinal).containsExactly(2, 3, 4, 6, 7, 8);
    house.settle(rest, SUCCESS);
    assertThat(house.batch(batch).state()).isEqualTo(BatchState.COMPLETED);
    assertThat(house.batch(batch).counts()).isEqualTo(new Counts(10, 0, 0, 7, 0, 3));
  }

  @Test
  void a_parent_waits_for_its_children() {
    UUID batch = house.submitFamily(3);
    List<Claimed> children = house.claim(10);
    assertThat(children).extracting(Claimed::ordinal).containsExactly(1, 2);
    house.settle(children.subList(0, 1), SUCCESS);
    assertThat(house.claim(10)).isEmpty();
    List<Claimed> parent =
        house
            .exchanger
            .exchange(house.settlements(children.subList(1, 2), SUCCESS), demand(10))
            .claims();
    assertThat(parent).extracting(Claimed::ordinal).containsExactly(0);
    house.settle(parent, SUCCESS);
    assertThat(house.batch(batch).state()).isEqualTo(BatchState.COMPLETED);
  }

  @Test
  void a_child_that_fails_fails_its_waiting_parent_and_leaves_its_siblings_alone() {
    UUID batch = house.submitFamily(3);
    List<Claimed> children = house.claim(10);
    Ending lasting = new Ending.Failed("gone", "404", false, java.util.Optional.empty());
    house.settle(children.subList(0, 1), lasting);
    assertThat(house.batch(batch).counts()).isEqualTo(new Counts(3, 0, 1, 0, 2, 0));
    house.settle(children.subList(1, 2), SUCCESS);
    assertThat(house.batch(batch).state()).isEqualTo(BatchState.PARTIAL);
  }

  @Test
  void a_cancelled_child_takes_its_parent_and_waiting_siblings_along() {
    UUID batch = house.submitFamily(4);
    house.claim(1);
    ItemsCancelResult result =
        house.engine.cancelItems(house.caller, batch, new ItemRefs(Set.of(3), Set.of()), DRAIN);
    assertThat(((ItemsCancelResult.Done) result).cancelled()).containsExactly(0, 2, 3);
    assertThat(house.batch(batch).counts()).isEqualTo(new Counts(4, 0, 1, 0, 0, 3));
  }

  @Test
  void failed_items_are_retried_in_place_and_charged_once() {
    UUID batch = house.submit(4);
    List<Claimed> claims = house.claim(4);
    house.settle(claims.subList(0, 2), SUCCESS);
    Ending lasting = new Ending.Failed("gone", "404", false, java.util.Optional.empty());
    house.settle(claims.subList(2, 4), lasting);
    assertThat(house.batch(batch).state()).isEqualTo(BatchState.PARTIAL);
    assertThat(house.engine.retry(house.caller, batch)).isEqualTo(new ChangeResult.Done(2));
    assertThat(house.batch(batch).state()).isEqualTo(BatchState.RUNNING);
    house.settle(house.claim(10), SUCCESS);
    Ledger after = house.batch(batch);
    assertThat(after.state()).isEqualTo(BatchState.COMPLETED);
    assertThat(after.journaled().charged()).isEqualTo(8);
    assertThat(after.journaled().reserved()).isEqualTo(12);
    assertThat(after.journaled().refunded()).isEqualTo(4);
    assertThat(house.engine.retry(house.caller, batch)).isEqualTo(new ChangeResult.NothingToDo());
  }

  @Test
  void a_retried_parent_waits_for_its_retried_child() {
    UUID batch = house.submitFamily(3);
    List<Claimed> children = house.claim(10);
    house.settle(children.subList(0, 1), SUCCESS);
    Ending lasting = new Ending.Failed("gone", "404", false, java.util.Optional.empty());
    house.settle(children.subList(1, 2), lasting);
    assertThat(house.batch(batch).state()).isEqualTo(BatchState.PARTIAL);
    assertThat(house.engine.retry(house.caller, batch)).isEqualTo(new ChangeResult.Done(2));
    List<Claimed> again = house.claim(10);
    assertThat(again).extracting(Claimed::ordinal).containsExactly(2);
    house.settle(again, SUCCESS);
    List<Claimed> parent = house.claim(10);
    assertThat(parent).extracting(Claimed::ordinal).containsExactly(0);
    house.settle(parent, SUCCESS);
    assertThat(house.batch(batch).state()).isEqualTo(BatchState.COMPLETED);
  }

  @Test
  void the_cancelled_rest_is_resubmitted_as_a_new_batch() {
    UUID batch = house.submit(10);
    List<Claimed> running = house.claim(4);
    house.engine.cancel(house.caller, batch, DRAIN);
    assertThat(house.engine.resubmit(house.caller, batch, false))
        .isEqualTo(new ResubmitResult.NotFinished(BatchState.CANCELLING));
    house.settle(running, SUCCESS);
    ResubmitResult result = house.engine.resubmit(house.caller, batch, false);
    UUID copy = ((ResubmitResult.Submitted) result).batchId();
    assertThat(house.batch(copy).counts()).isEqualTo(new Counts(6, 6, 0, 0, 0, 0));
    house.settle(house.claim(10), SUCCESS);
    assertThat(house.batch(copy).state()).isEqualTo(BatchState.COMPLETED);
  }

  @Test
  void a_paused_batch_starts_nothing() {
    UUID batch = house.submit(10);
    house.engine.pause(house.caller, batch);
    assertThat(house.claim(10)).isEmpty();
    house.engine.resume(house.caller, batch);
    assertThat(house.claim(10)).hasSize(10);
  }

  @Test
  void a_batch_runs_no_more_items_at_once_than_it_allows() {
    UUID batch =
        house.submit(house.caller, 10, house.with(limits -> EngineFixture.concurrency(limits, 3)));
    List<Claimed> first = house.claim(10);
    assertThat(first).hasSize(3);
    assertThat(house.claim(10)).isEmpty();
    assertThat(
            house
                .exchanger
                .exchange(house.settlements(first.subList(0, 1), SUCCESS), demand(10))
                .claims())
        .hasSize(1);
    assertThat(house.batch(batch).counts().running()).isEqualTo(3);
  }

  @Test
  void an_account_runs_no_more_items_at_once_than_it_may() {
    house.database.useTransaction(
        tx -> tx.update("update account set running_limit = 5").execute());
    house.submit(10);
    house.submit(10);
    List<Claimed> first = house.claim(100);
    assertThat(first).hasSize(5);
    assertThat(house.claim(100)).isEmpty();
    assertThat(
            house
                .exchanger
                .exchange(house.settlements(first.subList(0, 2), SUCCESS), demand(100))
                .claims())
        .hasSize(2);
  }

  @Test
  void a_batch_past_its_deadline_is_cancelled_as_expired() {
    NewBatch.BatchOrder o = EngineFixture.ORDER;
    UUID batch =
        house.submit(
            house.caller,
            5,
            new NewBatch.BatchOrder(
                o.processor(),
                null,
                o.metadata(),
                o.options(),
                o.limits(),
                0,
                null,
                house.now().plusSeconds(60),
                3_600));
    assertThat(house.engine.expire()).isZero();
    house.pass(Duration.ofSeconds(61));
    assertThat(house.engine.expire()).isEqualTo(1);
    assertThat(house.batch(batch).state()).isEqualTo(BatchState.CANCELLED);
  }

  @Test
  void a_bulk_cancel_fences_each_batch_and_says_how_far_it_is() {
    UUID a = house.submit(5);
    UUID b = house.submit(5);
    house.settle(house.claim(10), SUCCESS);
    UUID c = house.submit(5);
    UUID operation = house.engine.cancelAll(house.caller, "{}", List.of(a, b, c), DRAIN);
    assertThat(house.engine.continueOperations()).isEqualTo(3);
    OperationView view = house.engine.operation(house.caller, operation).orElseThrow();
    assertThat(view.state()).isEqualTo("completed");
    assertThat(view.cancelled()).isEqualTo(1);
    assertThat(view.skipped()).isEqualTo(2);
    assertThat(view.receipts()).hasSize(1);
  }

  @Test
  void what_a_node_holds_without_knowing_is_handed_back_without_counting_the_attempt() {
    UUID batch = house.submit(5);
    List<Claimed> known = house.claim(2);
    house.claim(2);
    assertThat(house.engine.handBackUnknown(house.node, List.of(known.getFirst().token())))
        .isEqualTo(2);
    assertThat(house.batch(batch).counts()).isEqualTo(new Counts(5, 3, 2, 0, 0, 0));
    assertThat(house.claim(10)).extracting(Claimed::attempt).containsOnly(1);
  }

  @Test
  void an_account_without_enough_credits_is_refused_and_nothing_stays() {
    io.headgate.batch.Caller poor = house.account("poor", 9L);
    org.assertj.core.api.Assertions.assertThatThrownBy(
            () -> house.submit(poor, 5, EngineFixture.ORDER))
        .hasMessageContaining("needed=10, available=9");
    assertThat(house.one("select count(*) from item where batch_id <> :batch", poor.account()))
        .isZero();
  }
}
