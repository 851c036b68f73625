package io.headgate.engine;

import static org.assertj.core.api.Assertions.assertThat;

import io.headgate.batch.BatchState;
import io.headgate.batch.Ids;
import io.headgate.db.Tx;
import io.headgate.view.BatchFilter;
import io.headgate.view.BatchView;
import io.headgate.view.Batches;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** A bulk cancel against new batches, other cancels, and other nodes that go on with it. */
class BulkCancelRaceTest extends RaceCase {

  private static final BatchFilter PENDING =
      new BatchFilter(Set.of(BatchState.PENDING), "noop", null, Map.of(), null, null);

  private List<UUID> matched() {
    Batches batches = new Batches(house.database, house.clock);
    return batches.list(house.caller.account(), PENDING, null, 100).data().stream()
        .map(BatchView::id)
        .toList();
  }

  private UUID cancelMatched() {
    return house.engine.cancelAll(house.caller, "{}", matched(), DRAIN);
  }

  private OperationView operation(UUID id) {
    return house.engine.operation(house.caller, id).orElseThrow();
  }

  private long receipts(UUID batch) {
    return house.one("select count(*) from receipt where batch_id = :batch", batch);
  }

  /** One step of whoever goes on with a bulk cancel. */
  private UUID stepIn(Tx tx) {
    Operations.Step step = Operations.next(tx, Ids.NOBODYS, Ids.NOBODYS).orElseThrow();
    assertThat(Operations.lock(tx, step)).isTrue();
    Operations.mark(tx, step, cancelIn(tx, step.batch(), step.order()));
    return step.batch();
  }

  @Test
  void a_bulk_cancel_does_not_reach_a_batch_whose_submit_commits_after_the_call() {
    UUID first = house.submit(3);
    record Made(UUID operation, UUID batch) {}
    Made late =
        house.database.inTransaction(tx -> {
          UUID batch = house.submitFamilyIn(tx, 3);
          return new Made(elsewhere(this::cancelMatched), batch);
        });
    assertThat(matched()).contains(late.batch());
    house.engine.continueOperations();
    assertThat(house.batch(first).state()).isEqualTo(BatchState.CANCELLED);
    assertThat(house.batch(late.batch()).state()).isEqualTo(BatchState.PENDING);
    assertThat(operation(late.operation()).matched()).isEqualTo(1);
  }

  @Test
  void a_bulk_cancel_that_waited_for_a_cancel_of_the_same_batch_skips_it() {
    UUID batch = house.submit(3);
    UUID operation = cancelMatched();
    var race =
        Race.run(
            house.database,
            tx -> cancelIn(tx, batch, INTERRUPT),
            () -> house.engine.continueOperations());
    assertThat(race.loser()).isEqualTo(1);
    assertThat(operation(operation).skipped()).isEqualTo(1);
    assertThat(receipts(batch)).isEqualTo(1);
  }

  @Test
  void a_cancel_that_waited_for_a_bulk_cancel_answers_its_receipt() {
    UUID batch = house.submit(3);
    UUID operation = cancelMatched();
    var race =
        Race.run(
            house.database, this::stepIn, () -> house.engine.cancel(house.caller, batch, DRAIN));
    house.engine.continueOperations();
    assertThat(race.loser())
        .isEqualTo(new CancelResult.Fenced(operation(operation).receipts().getFirst(), false));
    assertThat(receipts(batch)).isEqualTo(1);
  }

  /** What one node works on the other passes over, and does not wait for it. */
  @Test
  void two_nodes_that_go_on_with_a_bulk_cancel_cancel_each_batch_once() {
    List<UUID> batches = List.of(house.submit(3), house.submit(3), house.submit(3));
    UUID operation = cancelMatched();
    int other =
        house.database.inTransaction(tx -> {
          stepIn(tx);
          return elsewhere(() -> house.engine.continueOperations());
        });
    assertThat(other).isEqualTo(2);
    assertThat(house.engine.continueOperations()).isZero();
    assertThat(batches).allSatisfy(batch -> assertThat(receipts(batch)).isEqualTo(1));
    assertThat(operation(operation).state()).isEqualTo("completed");
    assertThat(operation(operation).cancelled()).isEqualTo(3);
  }
}
