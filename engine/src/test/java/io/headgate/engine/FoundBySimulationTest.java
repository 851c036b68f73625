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
      new AttemptResult.AttemptFailed("gone", "404", false, Optional.empty());
  private static final ItemRefs FIRST = new ItemRefs(Set.of(0), Set.of());

  private final EngineFixture fixture = new EngineFixture();

  @AfterEach
  void close() {
    fixture.close();
  }

  private static CancelOrder order(CancelMode mode) {
    return new CancelOrder(mode, Duration.ofSeconds(10), null);
  }

  /** The failure that the retry has made void was taken for the item's result. */
  @Test
  void a_resubmit_takes_what_failed_and_was_retried_and_then_cancelled() {
    UUID batch = fixture.submit(2);
    fixture.settle(fixture.claim(2), LASTING);
    fixture.engine.retry(fixture.caller, batch);
    ItemRefs both = new ItemRefs(Set.of(0, 1), Set.of());
    fixture.engine.cancelItems(fixture.caller, batch, both, order(CancelMode.DRAIN));
    ResubmitResult result = fixture.engine.resubmit(fixture.caller, batch, false);
    UUID copy = ((ResubmitResult.Resubmitted) result).batchId();
    assertThat(fixture.batch(copy).counts()).isEqualTo(new Counts(2, 2, 0, 0, 0, 0));
  }

  /** Seed 31, step 38: the order to stop the first run reached into the second. */
  @Test
  void an_item_that_failed_before_it_stopped_runs_undisturbed_once_it_is_retried() {
    UUID batch = fixture.submit(1);
    List<StartedAttempt> running = fixture.claim(1);
    fixture.engine.cancelItems(fixture.caller, batch, FIRST, order(CancelMode.INTERRUPT));
    fixture.settle(running, LASTING);
    fixture.engine.retry(fixture.caller, batch);
    assertThat(fixture.claim(1)).hasSize(1);
    assertThat(fixture.engine.stopOrders(List.of(batch)).items()).isEmpty();
    fixture.advance(Duration.ofSeconds(11));
    assertThat(fixture.engine.abandonOverdue()).isZero();
    assertThat(fixture.batch(batch).counts()).isEqualTo(new Counts(1, 0, 1, 0, 0, 0));
  }

  /** It was called failed, after the run that the retry had made void. */
  @Test
  void an_item_that_waited_again_at_the_fence_is_cancelled_whatever_became_of_its_first_run() {
    UUID batch = fixture.submit(2);
    List<StartedAttempt> running = fixture.claim(2);
    fixture.settle(running.subList(0, 1), LASTING);
    fixture.engine.retry(fixture.caller, batch);
    fixture.engine.cancel(fixture.caller, batch, order(CancelMode.DRAIN));
    ItemsCancelResult result =
        fixture.engine.cancelItems(fixture.caller, batch, FIRST, order(CancelMode.DRAIN));
    assertThat(((ItemsCancelResult.ItemsCancelled) result).skipped())
        .containsExactly(
            new ItemsCancelResult.Skipped(0, ItemState.CANCELLED, "item is already cancelled"));
  }
}
