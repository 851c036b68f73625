package io.headgate.engine;

import static org.assertj.core.api.Assertions.assertThat;

import io.headgate.batch.Ending;
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

  private final EngineFixture house = new EngineFixture();
  private final Batches batches = new Batches(house.database, house.clock);
  private final Items items = new Items(house.database, house.clock, LiveProgress.UNKNOWN);

  @AfterEach
  void close() {
    house.close();
  }

  @Test
  void a_batch_and_its_items_are_of_one_moment_whatever_is_settled_between_the_looks() {
    UUID batch = house.submit(3);
    List<Claimed> running = house.claim(3);

    Items.BatchWithItems whole =
        items
            .findWithItems(
                batches,
                house.caller.account(),
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
    assertThat(batches.find(house.caller.account(), batch).orElseThrow().counts().succeeded())
        .isEqualTo(3);
  }

  /** On a thread, and so a connection, of its own. */
  private void settleElsewhere(List<Claimed> running) {
    CompletableFuture.runAsync(() -> house.settle(running, new Ending.Succeeded("1"))).join();
  }

  @Test
  void of_a_batch_that_is_not_wanted_no_item_is_read() {
    UUID batch = house.submit(3);
    assertThat(items.findWithItems(batches, house.caller.account(), batch, found -> false)).isEmpty();
    assertThat(items.findWithItems(batches, UUID.randomUUID(), batch, found -> true)).isEmpty();
  }
}
