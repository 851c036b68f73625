package io.headgate.engine;

import static io.headgate.engine.EngineFixture.SUCCESS;
import static org.assertj.core.api.Assertions.assertThat;

import io.headgate.batch.BatchState;
import io.headgate.batch.Counts;
import io.headgate.batch.ItemRefs;
import io.headgate.db.Tx;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** Related items during a cancel: item 0 is the parent of all others. */
class ItemDependencyRaceTest extends RaceCase {

  private ItemsCancelResult.ItemsCancelled cancelIn(Tx tx, UUID batch, int ordinal) {
    LockedBatches locked =
        LockedBatches.lock(tx, fixture.caller, batch, fixture.now()).orElseThrow();
    ItemRefs items = new ItemRefs(Set.of(ordinal), Set.of());
    return (ItemsCancelResult.ItemsCancelled)
        ItemCancel.cancel(locked, items, DRAIN, new Random(7));
  }

  /** Nothing to wait for: a batch that is not committed does not exist yet. */
  @Test
  void a_family_cannot_be_cancelled_before_all_of_it_is_submitted() {
    UUID batch =
        fixture.database.inTransaction(tx -> {
          UUID family = fixture.submitWithParentIn(tx, 5);
          assertThat(elsewhere(() -> fixture.engine.cancel(fixture.caller, family, DRAIN)))
              .isEqualTo(new CancelResult.NoSuchBatch());
          return family;
        });
    assertThat(fixture.batch(batch).counts()).isEqualTo(new Counts(5, 5, 0, 0, 0, 0));
    fixture.engine.cancel(fixture.caller, batch, DRAIN);
    assertThat(fixture.claim(5)).isEmpty();
    assertThat(fixture.batch(batch).counts()).isEqualTo(new Counts(5, 0, 0, 0, 0, 5));
  }

  @Test
  void a_parent_does_not_start_when_its_last_child_succeeds_after_the_fence() {
    UUID batch = fixture.submitWithParent(3);
    List<StartedAttempt> children = fixture.claim(3);
    assertThat(children).hasSize(2);
    var race =
        Race.run(
            fixture.database,
            tx -> cancelIn(tx, batch, DRAIN),
            () -> fixture.settle(children, SUCCESS));
    assertThat(race.loser().refused()).isEmpty();
    assertThat(fixture.claim(3)).isEmpty();
    assertThat(fixture.batch(batch).state()).isEqualTo(BatchState.CANCELLED);
    assertThat(fixture.batch(batch).counts()).isEqualTo(new Counts(3, 0, 0, 2, 0, 1));
  }

  @Test
  void a_cancel_after_the_last_child_succeeded_stops_the_parent_that_could_have_started() {
    UUID batch = fixture.submitWithParent(3);
    List<AttemptReport> done = fixture.settlements(fixture.claim(3), SUCCESS);
    var race =
        Race.run(
            fixture.database,
            tx -> settleIn(tx, done),
            () -> fixture.engine.cancel(fixture.caller, batch, DRAIN));
    assertThat(((CancelResult.Fenced) race.loser()).receipt())
        .contains("\"stopped\":1", "\"running\":0", "\"succeeded\":2");
    assertThat(fixture.claim(3)).isEmpty();
  }

  @Test
  void a_claim_that_waited_for_the_cancel_of_a_child_finds_its_family_gone() {
    UUID batch = fixture.submitWithParent(4);
    var race = Race.run(fixture.database, tx -> cancelIn(tx, batch, 1), () -> fixture.claim(4));
    assertThat(race.winner().cancelled()).containsExactly(0, 1, 2, 3);
    assertThat(race.loser()).isEmpty();
    assertThat(fixture.batch(batch).counts()).isEqualTo(new Counts(4, 0, 0, 0, 0, 4));
  }

  @Test
  void the_cancel_of_a_child_that_waited_for_a_claim_leaves_what_runs_alone() {
    UUID batch = fixture.submitWithParent(4);
    ItemRefs last = new ItemRefs(Set.of(3), Set.of());
    var race =
        Race.run(
            fixture.database,
            tx -> claimIn(tx, 1),
            () -> fixture.engine.cancelItems(fixture.caller, batch, last, DRAIN));
    assertThat(((ItemsCancelResult.ItemsCancelled) race.loser()).cancelled())
        .containsExactly(0, 2, 3);
    assertThat(fixture.settle(race.winner(), SUCCESS).refused()).isEmpty();
    assertThat(fixture.batch(batch).counts()).isEqualTo(new Counts(4, 0, 0, 1, 0, 3));
  }
}
