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
    Batches batches = new Batches(fixture.database, fixture.clock);
    return batches.list(fixture.caller.account(), PENDING, null, 100).data().stream()
        .map(BatchView::id)
        .toList();
  }

  private UUID cancelMatched() {
    return fixture.engine.cancelAll(fixture.caller, "{}", matched(), DRAIN);
  }

  private BulkCancelView operation(UUID id) {
    return fixture.engine.operation(fixture.caller, id).orElseThrow();
  }

  private long receipts(UUID batch) {
    return fixture.one("select count(*) from receipt where batch_id = :batch", batch);
  }

  /** One step of a bulk cancel, by any node. */
  private UUID stepIn(Tx tx) {
    BulkCancels.BulkCancelStep step = BulkCancels.next(tx, Ids.NIL, Ids.NIL).orElseThrow();
    assertThat(BulkCancels.lock(tx, step)).isTrue();
    BulkCancels.mark(tx, step, cancelIn(tx, step.batch(), step.order()));
    return step.batch();
  }

  @Test
  void a_bulk_cancel_does_not_reach_a_batch_whose_submit_commits_after_the_call() {
    UUID first = fixture.submit(3);
    record Made(UUID operation, UUID batch) {}
    Made late =
        fixture.database.inTransaction(tx -> {
          UUID batch = fixture.submitWithParentIn(tx, 3);
          return new Made(elsewhere(this::cancelMatched), batch);
        });
    assertThat(matched()).contains(late.batch());
    fixture.engine.continueOperations();
    assertThat(fixture.batch(first).state()).isEqualTo(BatchState.CANCELLED);
    assertThat(fixture.batch(late.batch()).state()).isEqualTo(BatchState.PENDING);
    assertThat(operation(late.operation()).matched()).isEqualTo(1);
  }

  @Test
  void a_bulk_cancel_that_waited_for_a_cancel_of_the_same_batch_skips_it() {
    UUID batch = fixture.submit(3);
    UUID operation = cancelMatched();
    var race =
        Race.run(
            fixture.database,
            tx -> cancelIn(tx, batch, INTERRUPT),
            () -> fixture.engine.continueOperations());
    assertThat(race.loser()).isEqualTo(1);
    assertThat(operation(operation).skipped()).isEqualTo(1);
    assertThat(receipts(batch)).isEqualTo(1);
  }

  @Test
  void a_cancel_that_waited_for_a_bulk_cancel_answers_its_receipt() {
    UUID batch = fixture.submit(3);
    UUID operation = cancelMatched();
    var race =
        Race.run(
            fixture.database,
            this::stepIn,
            () -> fixture.engine.cancel(fixture.caller, batch, DRAIN));
    fixture.engine.continueOperations();
    assertThat(race.loser())
        .isEqualTo(new CancelResult.Fenced(operation(operation).receipts().getFirst(), false));
    assertThat(receipts(batch)).isEqualTo(1);
  }

  /** What one node works on the other passes over, and does not wait for it. */
  @Test
  void two_nodes_that_go_on_with_a_bulk_cancel_cancel_each_batch_once() {
    List<UUID> batches = List.of(fixture.submit(3), fixture.submit(3), fixture.submit(3));
    UUID operation = cancelMatched();
    int other =
        fixture.database.inTransaction(tx -> {
          stepIn(tx);
          return elsewhere(() -> fixture.engine.continueOperations());
        });
    assertThat(other).isEqualTo(2);
    assertThat(fixture.engine.continueOperations()).isZero();
    assertThat(batches).allSatisfy(batch -> assertThat(receipts(batch)).isEqualTo(1));
    assertThat(operation(operation).state()).isEqualTo("completed");
    assertThat(operation(operation).cancelled()).isEqualTo(3);
  }
}
