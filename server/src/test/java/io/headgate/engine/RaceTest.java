package io.headgate.engine;

import static io.headgate.engine.EngineFixture.SUCCESS;
import static io.headgate.engine.EngineFixture.failure;
import static org.assertj.core.api.Assertions.assertThat;

import io.headgate.batch.BatchState;
import io.headgate.batch.Counts;
import io.headgate.batch.Ending;
import io.headgate.batch.ItemRefs;
import io.headgate.engine.NewBatch.BatchOrder;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** Whoever comes second has waited for the first, and finds what the first has made of it. */
class RaceTest extends RaceCase {

  private static final Ending LASTING = new Ending.Failed("gone", "404", false, Optional.empty());

  @Test
  void a_claim_that_commits_after_the_fence_gets_nothing() {
    UUID batch = house.submit(10);
    var race = Race.run(house.database, tx -> cancelIn(tx, batch, DRAIN), () -> house.claim(10));
    assertThat(race.loser()).isEmpty();
    assertThat(house.batch(batch).counts()).isEqualTo(new Counts(10, 0, 0, 0, 0, 10));
  }

  @Test
  void a_cancel_that_commits_after_a_claim_counts_it_as_running() {
    UUID batch = house.submit(10);
    var race =
        Race.run(
            house.database,
            tx -> claimIn(tx, 4),
            () -> house.engine.cancel(house.caller, batch, DRAIN));
    assertThat(race.winner()).hasSize(4);
    assertThat(((CancelResult.Fenced) race.loser()).receipt())
        .contains("\"stopped\":6", "\"running\":4");
    house.settle(race.winner(), SUCCESS);
    assertThat(house.batch(batch).state()).isEqualTo(BatchState.CANCELLED);
  }

  @Test
  void a_result_that_commits_after_the_fence_is_kept_and_does_not_undo_the_cancel() {
    UUID batch = house.submit(10);
    List<Claimed> running = house.claim(4);
    var race =
        Race.run(
            house.database, tx -> cancelIn(tx, batch, DRAIN), () -> house.settle(running, SUCCESS));
    assertThat(race.winner().receipt()).contains("\"running\":4");
    assertThat(race.loser().refused()).isEmpty();
    assertThat(house.batch(batch).state()).isEqualTo(BatchState.CANCELLED);
    assertThat(house.batch(batch).counts()).isEqualTo(new Counts(10, 0, 0, 4, 0, 6));
  }

  @Test
  void a_cancel_that_commits_after_the_last_result_finds_the_batch_finished() {
    UUID batch = house.submit(4);
    List<Settlement> last = house.settlements(house.claim(4), SUCCESS);
    var race =
        Race.run(
            house.database,
            tx -> settleIn(tx, last),
            () -> house.engine.cancel(house.caller, batch, DRAIN));
    assertThat(race.loser()).isEqualTo(new CancelResult.AlreadyFinished(BatchState.COMPLETED));
    assertThat(house.one("select count(*) from receipt where batch_id = :batch", batch)).isZero();
  }

  @Test
  void the_result_of_a_rescued_claim_is_refused() {
    UUID batch = house.submit(3);
    List<Claimed> running = house.claim(3);
    house.pass(EngineFixture.LEASE.plusSeconds(1));
    house.database.useTransaction(tx -> Nodes.stopTheSilent(tx, house.now()));
    var race =
        Race.run(
            house.database,
            tx -> rescueIn(tx).rescueFromStoppedNodes(batch),
            () -> house.settle(running, SUCCESS));
    assertThat(race.winner()).isEqualTo(3);
    assertThat(race.loser().refused()).hasSize(3);
    assertThat(house.batch(batch).counts()).isEqualTo(new Counts(3, 3, 0, 0, 0, 0));
  }

  @Test
  void a_rescue_after_the_result_finds_nothing_to_rescue() {
    UUID batch = house.submit(3);
    List<Settlement> done = house.settlements(house.claim(3), SUCCESS);
    house.pass(EngineFixture.LEASE.plusSeconds(1));
    house.database.useTransaction(tx -> Nodes.stopTheSilent(tx, house.now()));
    var race = Race.run(house.database, tx -> settleIn(tx, done), () -> house.engine.rescueLost());
    assertThat(race.winner().refused()).isEmpty();
    assertThat(race.loser()).isZero();
    assertThat(house.batch(batch).state()).isEqualTo(BatchState.COMPLETED);
  }

  @Test
  void a_success_that_commits_after_the_interrupt_is_kept_and_charged() {
    UUID batch = house.submit(2);
    List<Claimed> running = house.claim(2);
    var race =
        Race.run(
            house.database,
            tx -> cancelIn(tx, batch, INTERRUPT),
            () -> house.settle(running, SUCCESS));
    assertThat(race.loser().refused()).isEmpty();
    assertThat(house.batch(batch).counts()).isEqualTo(new Counts(2, 0, 0, 2, 0, 0));
    assertThat(house.batch(batch).journaled().charged()).isEqualTo(4);
  }

  @Test
  void a_success_that_comes_after_its_item_was_given_up_is_refused() {
    UUID batch = house.submit(2);
    List<Claimed> running = house.claim(2);
    house.engine.cancel(house.caller, batch, INTERRUPT);
    house.pass(Duration.ofSeconds(11));
    var race =
        Race.run(
            house.database,
            tx -> rescueIn(tx).abandonOverdue(batch),
            () -> house.settle(running, SUCCESS));
    assertThat(race.winner()).isEqualTo(2);
    assertThat(race.loser().refused()).hasSize(2);
    assertThat(house.batch(batch).counts()).isEqualTo(new Counts(2, 0, 0, 0, 0, 2));
  }

  @Test
  void two_cancels_answer_one_receipt() {
    UUID batch = house.submit(10);
    var race =
        Race.run(
            house.database,
            tx -> cancelIn(tx, batch, DRAIN),
            () -> house.engine.cancel(house.caller, batch, INTERRUPT));
    assertThat(race.loser()).isEqualTo(new CancelResult.Fenced(race.winner().receipt(), false));
    assertThat(house.one("select count(*) from receipt where batch_id = :batch", batch))
        .isEqualTo(1);
  }

  @Test
  void a_claim_that_commits_after_the_pause_gets_nothing() {
    UUID batch = house.submit(10);
    var race =
        Race.run(
            house.database,
            tx -> Changes.pause(tx, house.caller, batch, true, house.now()),
            () -> house.claim(10));
    assertThat(race.loser()).isEmpty();
    assertThat(house.batch(batch).counts()).isEqualTo(new Counts(10, 10, 0, 0, 0, 0));
  }

  @Test
  void a_pause_that_commits_after_a_claim_lets_it_run() {
    UUID batch = house.submit(10);
    var race =
        Race.run(
            house.database, tx -> claimIn(tx, 4), () -> house.engine.pause(house.caller, batch));
    assertThat(race.loser()).isEqualTo(new ChangeResult.Done(0));
    assertThat(house.settle(race.winner(), SUCCESS).refused()).isEmpty();
    assertThat(house.claim(10)).isEmpty();
  }

  @Test
  void a_retry_that_is_due_does_not_start_after_the_fence() {
    UUID batch = house.submit(1);
    house.settle(house.claim(1), failure());
    house.pass(Duration.ofSeconds(2));
    var race = Race.run(house.database, tx -> cancelIn(tx, batch, DRAIN), () -> house.claim(1));
    assertThat(race.loser()).isEmpty();
    assertThat(house.batch(batch).state()).isEqualTo(BatchState.CANCELLED);
  }

  @Test
  void a_cancel_after_a_due_retry_has_started_counts_it_as_running() {
    UUID batch = house.submit(1);
    house.settle(house.claim(1), failure());
    house.pass(Duration.ofSeconds(2));
    var race =
        Race.run(
            house.database,
            tx -> claimIn(tx, 1),
            () -> house.engine.cancel(house.caller, batch, DRAIN));
    assertThat(((CancelResult.Fenced) race.loser()).receipt()).contains("\"running\":1");
    house.settle(race.winner(), failure());
    assertThat(house.batch(batch).state()).isEqualTo(BatchState.CANCELLED);
    assertThat(house.batch(batch).counts()).isEqualTo(new Counts(1, 0, 0, 0, 1, 0));
  }

  @Test
  void failed_items_are_not_retried_after_the_fence() {
    UUID batch = house.submit(4);
    house.settle(house.claim(2), LASTING);
    var race =
        Race.run(
            house.database,
            tx -> cancelIn(tx, batch, DRAIN),
            () -> house.engine.retry(house.caller, batch));
    assertThat(race.loser()).isEqualTo(new ChangeResult.AlreadyFinished(BatchState.CANCELLED));
    assertThat(house.batch(batch).counts()).isEqualTo(new Counts(4, 0, 0, 0, 2, 2));
  }

  @Test
  void a_cancel_after_the_retry_of_failed_items_stops_and_refunds_them_too() {
    UUID batch = house.submit(4);
    house.settle(house.claim(2), LASTING);
    var race =
        Race.run(
            house.database,
            tx -> Changes.retry(tx, house.caller, batch, new Retrial.AsBefore(), house.now()),
            () -> house.engine.cancel(house.caller, batch, DRAIN));
    assertThat(race.winner()).isEqualTo(new ChangeResult.Done(2));
    assertThat(((CancelResult.Fenced) race.loser()).receipt()).contains("\"stopped\":4");
    assertThat(house.batch(batch).counts()).isEqualTo(new Counts(4, 0, 0, 0, 0, 4));
  }

  private UUID expiring(int items) {
    BatchOrder o = EngineFixture.ORDER;
    return house.submit(
        house.caller,
        items,
        new BatchOrder(
            o.processor(),
            null,
            o.metadata(),
            o.options(),
            o.limits(),
            0,
            null,
            house.now().plusSeconds(60),
            o.retainSeconds()));
  }

  @Test
  void a_batch_whose_last_result_commits_first_does_not_expire() {
    UUID batch = expiring(2);
    List<Settlement> last = house.settlements(house.claim(2), SUCCESS);
    house.pass(Duration.ofSeconds(61));
    Race.run(house.database, tx -> settleIn(tx, last), () -> house.engine.expire());
    assertThat(house.batch(batch).state()).isEqualTo(BatchState.COMPLETED);
    assertThat(house.one("select count(*) from receipt where batch_id = :batch", batch)).isZero();
  }

  @Test
  void a_result_that_commits_after_its_batch_expired_is_kept() {
    UUID batch = expiring(4);
    List<Claimed> running = house.claim(2);
    house.pass(Duration.ofSeconds(61));
    var race =
        Race.run(
            house.database, tx -> cancelIn(tx, batch, DRAIN), () -> house.settle(running, SUCCESS));
    assertThat(race.loser().refused()).isEmpty();
    assertThat(house.batch(batch).state()).isEqualTo(BatchState.CANCELLED);
    assertThat(house.batch(batch).counts()).isEqualTo(new Counts(4, 0, 0, 2, 0, 2));
  }

  @Test
  void an_item_that_was_told_to_stop_does_not_run_again_when_its_node_dies() {
    UUID batch = house.submit(2);
    house.claim(1);
    ItemRefs first = new ItemRefs(Set.of(0), Set.of());
    house.engine.cancelItems(house.caller, batch, first, INTERRUPT);
    house.pass(EngineFixture.LEASE.plusSeconds(1));
    assertThat(house.engine.rescueLost()).isEqualTo(1);
    assertThat(house.batch(batch).counts()).isEqualTo(new Counts(2, 1, 0, 0, 0, 1));
  }
}
