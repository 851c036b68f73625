package io.headgate.engine;

import static org.assertj.core.api.Assertions.assertThat;

import io.headgate.batch.AttemptResult;
import io.headgate.batch.CancelMode;
import io.headgate.batch.Counts;
import io.headgate.batch.ItemRefs;
import io.headgate.batch.ItemState;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What the simulation found, in as few steps as it takes. */
class FoundBySimulationTest {

  private static final AttemptResult LASTING =
      new AttemptResult.Failed("gone", "404", false, Optional.empty());
  private static final ItemRefs FIRST = new ItemRefs(Set.of(0), Set.of());

  private final EngineFixture house = new EngineFixture();

  @AfterEach
  void close() {
    house.close();
  }

  private static CancelOrder order(CancelMode mode) {
    return new CancelOrder(mode, Duration.ofSeconds(10), null);
  }

  /** The failure that the retry has made void was taken for the item's result. */
  @Test
  void a_resubmit_takes_what_failed_and_was_retried_and_then_cancelled() {
    UUID batch = house.submit(2);
    house.settle(house.claim(2), LASTING);
    house.engine.retry(house.caller, batch);
    ItemRefs both = new ItemRefs(Set.of(0, 1), Set.of());
    house.engine.cancelItems(house.caller, batch, both, order(CancelMode.DRAIN));
    ResubmitResult result = house.engine.resubmit(house.caller, batch, false);
    UUID copy = ((ResubmitResult.Submitted) result).batchId();
    assertThat(house.batch(copy).counts()).isEqualTo(new Counts(2, 2, 0, 0, 0, 0));
  }

  /** Seed 31, step 38: the order to stop the first run reached into the second. */
  @Test
  void an_item_that_failed_before_it_stopped_runs_undisturbed_once_it_is_retried() {
    UUID batch = house.submit(1);
    List<StartedAttempt> running = house.claim(1);
    house.engine.cancelItems(house.caller, batch, FIRST, order(CancelMode.INTERRUPT));
    house.settle(running, LASTING);
    house.engine.retry(house.caller, batch);
    assertThat(house.claim(1)).hasSize(1);
    assertThat(house.engine.stopOrders(List.of(batch)).items()).isEmpty();
    house.advance(Duration.ofSeconds(11));
    assertThat(house.engine.abandonOverdue()).isZero();
    assertThat(house.batch(batch).counts()).isEqualTo(new Counts(1, 0, 1, 0, 0, 0));
  }

  /** It was called failed, after the run that the retry had made void. */
  @Test
  void an_item_that_waited_again_at_the_fence_is_cancelled_whatever_became_of_its_first_run() {
    UUID batch = house.submit(2);
    List<StartedAttempt> running = house.claim(2);
    house.settle(running.subList(0, 1), LASTING);
    house.engine.retry(house.caller, batch);
    house.engine.cancel(house.caller, batch, order(CancelMode.DRAIN));
    ItemsCancelResult result =
        house.engine.cancelItems(house.caller, batch, FIRST, order(CancelMode.DRAIN));
    assertThat(((ItemsCancelResult.Done) result).skipped())
        .containsExactly(
            new ItemsCancelResult.Skipped(0, ItemState.CANCELLED, "item is already cancelled"));
  }
}
