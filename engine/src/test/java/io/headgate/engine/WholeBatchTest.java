package io.headgate.engine;

import static org.assertj.core.api.Assertions.assertThat;

import io.headgate.batch.AttemptResult;
import io.headgate.batch.ItemState;
import io.headgate.view.Batches;
import io.headgate.view.ItemView;
import io.headgate.view.Items;
import io.headgate.view.LiveProgress;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class WholeBatchTest {

  private final EngineFixture fixture = new EngineFixture();
  private final Batches batches = new Batches(fixture.database, fixture.clock);
  private final Items items = new Items(fixture.database, fixture.clock, LiveProgress.UNKNOWN);

  @AfterEach
  void close() {
    fixture.close();
  }

  @Test
  void a_batch_and_its_items_are_read_in_one_snapshot_whatever_is_settled_meanwhile() {
    UUID batch = fixture.submit(3);
    List<StartedAttempt> running = fixture.claim(3);

    Items.BatchWithItems whole =
        items
            .findWithItems(
                batches,
                fixture.caller.account(),
                batch,
                found -> {
                  settleElsewhere(running);
                  return true;
                })
            .orElseThrow();

    assertThat(whole.batch().counts().running()).isEqualTo(3);
    assertThat(whole.items())
        .extracting(ItemView::state)
        .containsOnly(ItemState.RUNNING)
        .hasSize(3);
    assertThat(batches.find(fixture.caller.account(), batch).orElseThrow().counts().succeeded())
        .isEqualTo(3);
  }

  /** On a thread, and so a connection, of its own. */
  private void settleElsewhere(List<StartedAttempt> running) {
    CompletableFuture.runAsync(
            () -> fixture.settle(running, new AttemptResult.AttemptSucceeded("1")))
        .join();
  }

  @Test
  void no_item_is_read_of_a_batch_that_the_filter_rejects() {
    UUID batch = fixture.submit(3);
    assertThat(items.findWithItems(batches, fixture.caller.account(), batch, found -> false))
        .isEmpty();
    assertThat(items.findWithItems(batches, UUID.randomUUID(), batch, found -> true)).isEmpty();
  }
}
