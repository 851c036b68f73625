package io.headgate.engine;

import static io.headgate.engine.EngineFixture.SUCCESS;
import static io.headgate.engine.EngineFixture.demand;
import static org.assertj.core.api.Assertions.assertThat;

import io.headgate.batch.AttemptResult;
import io.headgate.batch.BatchState;
import io.headgate.batch.CancelMode;
import io.headgate.batch.Counts;
import io.headgate.batch.ItemRefs;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** A parent item waits for its children, and what happens to one of them affects the others. */
class ItemDependenciesTest {

  private final EngineFixture fixture = new EngineFixture();

  private static final CancelOrder DRAIN =
      new CancelOrder(CancelMode.DRAIN, CancelOrder.DEFAULT_GRACE, "wrong list");
  private static final AttemptResult LASTING_FAILURE =
      new AttemptResult.AttemptFailed("gone", "404", false, Optional.empty());

  @AfterEach
  void close() {
    fixture.close();
  }

  @Test
  void a_parent_waits_for_its_children() {
    UUID batch = fixture.submitWithParent(3);
    List<StartedAttempt> children = fixture.claim(10);
    assertThat(children).extracting(StartedAttempt::ordinal).containsExactly(1, 2);
    fixture.settle(children.subList(0, 1), SUCCESS);
    assertThat(fixture.claim(10)).isEmpty();
    List<StartedAttempt> parent =
        fixture
            .exchanger
            .exchange(fixture.settlements(children.subList(1, 2), SUCCESS), demand(10))
            .claims();
    assertThat(parent).extracting(StartedAttempt::ordinal).containsExactly(0);
    fixture.settle(parent, SUCCESS);
    assertThat(fixture.batch(batch).state()).isEqualTo(BatchState.COMPLETED);
  }

  @Test
  void a_child_that_fails_fails_its_waiting_parent_and_leaves_its_siblings_alone() {
    UUID batch = fixture.submitWithParent(3);
    List<StartedAttempt> children = fixture.claim(10);
    fixture.settle(children.subList(0, 1), LASTING_FAILURE);
    assertThat(fixture.batch(batch).counts()).isEqualTo(new Counts(3, 0, 1, 0, 2, 0));
    fixture.settle(children.subList(1, 2), SUCCESS);
    assertThat(fixture.batch(batch).state()).isEqualTo(BatchState.PARTIAL);
  }

  @Test
  void a_cancelled_child_takes_its_parent_and_waiting_siblings_along() {
    UUID batch = fixture.submitWithParent(4);
    fixture.claim(1);
    ItemsCancelResult result =
        fixture.engine.cancelItems(fixture.caller, batch, new ItemRefs(Set.of(3), Set.of()), DRAIN);
    assertThat(((ItemsCancelResult.ItemsCancelled) result).cancelled()).containsExactly(0, 2, 3);
    assertThat(fixture.batch(batch).counts()).isEqualTo(new Counts(4, 0, 1, 0, 0, 3));
  }

  @Test
  void a_retried_parent_waits_for_its_retried_child() {
    UUID batch = fixture.submitWithParent(3);
    List<StartedAttempt> children = fixture.claim(10);
    fixture.settle(children.subList(0, 1), SUCCESS);
    fixture.settle(children.subList(1, 2), LASTING_FAILURE);
    assertThat(fixture.batch(batch).state()).isEqualTo(BatchState.PARTIAL);
    assertThat(fixture.engine.retry(fixture.caller, batch))
        .isEqualTo(new PauseOrRetryResult.Applied(2));
    List<StartedAttempt> again = fixture.claim(10);
    assertThat(again).extracting(StartedAttempt::ordinal).containsExactly(2);
    fixture.settle(again, SUCCESS);
    List<StartedAttempt> parent = fixture.claim(10);
    assertThat(parent).extracting(StartedAttempt::ordinal).containsExactly(0);
    fixture.settle(parent, SUCCESS);
    assertThat(fixture.batch(batch).state()).isEqualTo(BatchState.COMPLETED);
  }
}
