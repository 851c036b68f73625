package io.headgate.engine;

import static io.headgate.engine.EngineFixture.SUCCESS;
import static io.headgate.engine.EngineFixture.failure;
import static org.assertj.core.api.Assertions.assertThat;

import io.headgate.batch.AttemptResult;
import io.headgate.batch.BatchState;
import io.headgate.batch.Counts;
import io.headgate.batch.ItemRefs;
import io.headgate.engine.NewBatch.BatchOrder;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** The second transaction waits for the first and sees the rows that it committed. */
class RaceTest extends RaceCase {

  private static final AttemptResult LASTING =
      new AttemptResult.AttemptFailed("gone", "404", false, Optional.empty());

  @Test
  void a_claim_that_commits_after_the_fence_gets_nothing() {
    UUID batch = fixture.submit(10);
    var race =
        Race.run(fixture.database, tx -> cancelIn(tx, batch, DRAIN), () -> fixture.claim(10));
    assertThat(race.loser()).isEmpty();
    assertThat(fixture.batch(batch).counts()).isEqualTo(new Counts(10, 0, 0, 0, 0, 10));
  }

  @Test
  void a_cancel_that_commits_after_a_claim_counts_it_as_running() {
    UUID batch = fixture.submit(10);
    var race =
        Race.run(
            fixture.database,
            tx -> claimIn(tx, 4),
            () -> fixture.engine.cancel(fixture.caller, batch, DRAIN));
    assertThat(race.winner()).hasSize(4);
    assertThat(((CancelResult.Fenced) race.loser()).receipt())
        .contains("\"stopped\":6", "\"running\":4");
    fixture.settle(race.winner(), SUCCESS);
    assertThat(fixture.batch(batch).state()).isEqualTo(BatchState.CANCELLED);
  }

  @Test
  void a_result_that_commits_after_the_fence_is_kept_and_does_not_undo_the_cancel() {
    UUID batch = fixture.submit(10);
    List<StartedAttempt> running = fixture.claim(4);
    var race =
        Race.run(
            fixture.database,
            tx -> cancelIn(tx, batch, DRAIN),
            () -> fixture.settle(running, SUCCESS));
    assertThat(race.winner().receipt()).contains("\"running\":4");
    assertThat(race.loser().refused()).isEmpty();
    assertThat(fixture.batch(batch).state()).isEqualTo(BatchState.CANCELLED);
    assertThat(fixture.batch(batch).counts()).isEqualTo(new Counts(10, 0, 0, 4, 0, 6));
  }

  @Test
  void a_cancel_that_commits_after_the_last_result_finds_the_batch_finished() {
    UUID batch = fixture.submit(4);
    List<AttemptReport> last = fixture.settlements(fixture.claim(4), SUCCESS);
    var race =
        Race.run(
            fixture.database,
            tx -> settleIn(tx, last),
            () -> fixture.engine.cancel(fixture.caller, batch, DRAIN));
    assertThat(race.loser()).isEqualTo(new CancelResult.AlreadyFinished(BatchState.COMPLETED));
    assertThat(fixture.one("select count(*) from receipt where batch_id = :batch", batch)).isZero();
  }

  @Test
  void the_result_of_a_rescued_claim_is_refused() {
    UUID batch = fixture.submit(3);
    List<StartedAttempt> running = fixture.claim(3);
    fixture.advance(EngineFixture.LEASE.plusSeconds(1));
    fixture.database.useTransaction(tx -> NodeStore.stopExpired(tx, fixture.now()));
    var race =
        Race.run(
            fixture.database,
            tx -> rescueIn(tx).rescueFromStoppedNodes(batch),
            () -> fixture.settle(running, SUCCESS));
    assertThat(race.winner()).isEqualTo(3);
    assertThat(race.loser().refused()).hasSize(3);
    assertThat(fixture.batch(batch).counts()).isEqualTo(new Counts(3, 3, 0, 0, 0, 0));
  }

  @Test
  void a_rescue_after_the_result_finds_nothing_to_rescue() {
    UUID batch = fixture.submit(3);
    List<AttemptReport> done = fixture.settlements(fixture.claim(3), SUCCESS);
    fixture.advance(EngineFixture.LEASE.plusSeconds(1));
    fixture.database.useTransaction(tx -> NodeStore.stopExpired(tx, fixture.now()));
    var race =
        Race.run(fixture.database, tx -> settleIn(tx, done), () -> fixture.engine.rescueLost());
    assertThat(race.winner().refused()).isEmpty();
    assertThat(race.loser()).isZero();
    assertThat(fixture.batch(batch).state()).isEqualTo(BatchState.COMPLETED);
  }

  @Test
  void a_success_that_commits_after_the_interrupt_is_kept_and_charged() {
    UUID batch = fixture.submit(2);
    List<StartedAttempt> running = fixture.claim(2);
    var race =
        Race.run(
            fixture.database,
            tx -> cancelIn(tx, batch, INTERRUPT),
            () -> fixture.settle(running, SUCCESS));
    assertThat(race.loser().refused()).isEmpty();
    assertThat(fixture.batch(batch).counts()).isEqualTo(new Counts(2, 0, 0, 2, 0, 0));
    assertThat(fixture.batch(batch).journaled().charged()).isEqualTo(4);
  }

  @Test
  void a_success_that_comes_after_its_item_was_given_up_is_refused() {
    UUID batch = fixture.submit(2);
    List<StartedAttempt> running = fixture.claim(2);
    fixture.engine.cancel(fixture.caller, batch, INTERRUPT);
    fixture.advance(Duration.ofSeconds(11));
    var race =
        Race.run(
            fixture.database,
            tx -> rescueIn(tx).abandonOverdue(batch),
            () -> fixture.settle(running, SUCCESS));
    assertThat(race.winner()).isEqualTo(2);
    assertThat(race.loser().refused()).hasSize(2);
    assertThat(fixture.batch(batch).counts()).isEqualTo(new Counts(2, 0, 0, 0, 0, 2));
  }

  @Test
  void two_cancels_answer_one_receipt() {
    UUID batch = fixture.submit(10);
    var race =
        Race.run(
            fixture.database,
            tx -> cancelIn(tx, batch, DRAIN),
            () -> fixture.engine.cancel(fixture.caller, batch, INTERRUPT));
    assertThat(race.loser()).isEqualTo(new CancelResult.Fenced(race.winner().receipt(), false));
    assertThat(fixture.one("select count(*) from receipt where batch_id = :batch", batch))
        .isEqualTo(1);
  }

  @Test
  void a_claim_that_commits_after_the_pause_gets_nothing() {
    UUID batch = fixture.submit(10);
    var race =
        Race.run(
            fixture.database,
            tx -> PauseAndRetry.pause(tx, fixture.caller, batch, true, fixture.now()),
            () -> fixture.claim(10));
    assertThat(race.loser()).isEmpty();
    assertThat(fixture.batch(batch).counts()).isEqualTo(new Counts(10, 10, 0, 0, 0, 0));
  }

  @Test
  void a_pause_that_commits_after_a_claim_lets_it_run() {
    UUID batch = fixture.submit(10);
    var race =
        Race.run(
            fixture.database,
            tx -> claimIn(tx, 4),
            () -> fixture.engine.pause(fixture.caller, batch));
    assertThat(race.loser()).isEqualTo(new PauseOrRetryResult.Applied(0));
    assertThat(fixture.settle(race.winner(), SUCCESS).refused()).isEmpty();
    assertThat(fixture.claim(10)).isEmpty();
  }

  @Test
  void a_retry_that_is_due_does_not_start_after_the_fence() {
    UUID batch = fixture.submit(1);
    fixture.settle(fixture.claim(1), failure());
    fixture.advance(Duration.ofSeconds(2));
    var race = Race.run(fixture.database, tx -> cancelIn(tx, batch, DRAIN), () -> fixture.claim(1));
    assertThat(race.loser()).isEmpty();
    assertThat(fixture.batch(batch).state()).isEqualTo(BatchState.CANCELLED);
  }

  @Test
  void a_cancel_after_a_due_retry_has_started_counts_it_as_running() {
    UUID batch = fixture.submit(1);
    fixture.settle(fixture.claim(1), failure());
    fixture.advance(Duration.ofSeconds(2));
    var race =
        Race.run(
            fixture.database,
            tx -> claimIn(tx, 1),
            () -> fixture.engine.cancel(fixture.caller, batch, DRAIN));
    assertThat(((CancelResult.Fenced) race.loser()).receipt()).contains("\"running\":1");
    fixture.settle(race.winner(), failure());
    assertThat(fixture.batch(batch).state()).isEqualTo(BatchState.CANCELLED);
    assertThat(fixture.batch(batch).counts()).isEqualTo(new Counts(1, 0, 0, 0, 1, 0));
  }

  @Test
  void failed_items_are_not_retried_after_the_fence() {
    UUID batch = fixture.submit(4);
    fixture.settle(fixture.claim(2), LASTING);
    var race =
        Race.run(
            fixture.database,
            tx -> cancelIn(tx, batch, DRAIN),
            () -> fixture.engine.retry(fixture.caller, batch));
    assertThat(race.loser())
        .isEqualTo(new PauseOrRetryResult.PauseAlreadyFinished(BatchState.CANCELLED));
    assertThat(fixture.batch(batch).counts()).isEqualTo(new Counts(4, 0, 0, 0, 2, 2));
  }

  @Test
  void a_cancel_after_the_retry_of_failed_items_stops_and_refunds_them_too() {
    UUID batch = fixture.submit(4);
    fixture.settle(fixture.claim(2), LASTING);
    var race =
        Race.run(
            fixture.database,
            tx ->
                PauseAndRetry.retry(
                    tx, fixture.caller, batch, new RetryOptions.SameSecrets(), fixture.now()),
            () -> fixture.engine.cancel(fixture.caller, batch, DRAIN));
    assertThat(race.winner()).isEqualTo(new PauseOrRetryResult.Applied(2));
    assertThat(((CancelResult.Fenced) race.loser()).receipt()).contains("\"stopped\":4");
    assertThat(fixture.batch(batch).counts()).isEqualTo(new Counts(4, 0, 0, 0, 0, 4));
  }

  private UUID expiring(int items) {
    BatchOrder o = EngineFixture.ORDER;
    return fixture.submit(
        fixture.caller,
        items,
        new BatchOrder(
            o.processor(),
            null,
            o.metadata(),
            o.options(),
            o.limits(),
            0,
            null,
            fixture.now().plusSeconds(60),
            o.retainSeconds()));
  }

  @Test
  void a_batch_whose_last_result_commits_first_does_not_expire() {
    UUID batch = expiring(2);
    List<AttemptReport> last = fixture.settlements(fixture.claim(2), SUCCESS);
    fixture.advance(Duration.ofSeconds(61));
    Race.run(fixture.database, tx -> settleIn(tx, last), () -> fixture.engine.expire());
    assertThat(fixture.batch(batch).state()).isEqualTo(BatchState.COMPLETED);
    assertThat(fixture.one("select count(*) from receipt where batch_id = :batch", batch)).isZero();
  }

  @Test
  void a_result_that_commits_after_its_batch_expired_is_kept() {
    UUID batch = expiring(4);
    List<StartedAttempt> running = fixture.claim(2);
    fixture.advance(Duration.ofSeconds(61));
    var race =
        Race.run(
            fixture.database,
            tx -> cancelIn(tx, batch, DRAIN),
            () -> fixture.settle(running, SUCCESS));
    assertThat(race.loser().refused()).isEmpty();
    assertThat(fixture.batch(batch).state()).isEqualTo(BatchState.CANCELLED);
    assertThat(fixture.batch(batch).counts()).isEqualTo(new Counts(4, 0, 0, 2, 0, 2));
  }

  @Test
  void an_item_with_a_stop_order_does_not_run_again_when_its_node_dies() {
    UUID batch = fixture.submit(2);
    fixture.claim(1);
    ItemRefs first = new ItemRefs(Set.of(0), Set.of());
    fixture.engine.cancelItems(fixture.caller, batch, first, INTERRUPT);
    fixture.advance(EngineFixture.LEASE.plusSeconds(1));
    assertThat(fixture.engine.rescueLost()).isEqualTo(1);
    assertThat(fixture.batch(batch).counts()).isEqualTo(new Counts(2, 1, 0, 0, 0, 1));
  }
}
