package io.headgate.engine;

import static io.headgate.engine.EngineFixture.SUCCESS;
import static io.headgate.engine.EngineFixture.demand;
import static org.assertj.core.api.Assertions.assertThat;

import io.headgate.audit.Audit;
import io.headgate.batch.BatchState;
import io.headgate.batch.CancelMode;
import io.headgate.batch.Counts;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * The clock of record, the database's, jumps in the middle of everything. What is due comes early
 * or late by that much; what started, what was stopped and what it costs follow from epochs and
 * stay right.
 */
class ClockJumpTest {

  private static final CancelOrder DRAIN =
      new CancelOrder(CancelMode.DRAIN, CancelOrder.DEFAULT_GRACE, "jump");

  private final EngineFixture fixture = new EngineFixture();

  @AfterEach
  void close() {
    try (fixture) {
      assertThat(new Audit(fixture.database, fixture.clock).all().checks())
          .allSatisfy(check -> assertThat(check.violations()).isEmpty());
    }
  }

  @ParameterizedTest(name = "{0} hours")
  @ValueSource(ints = {1, -1})
  void a_fence_holds_when_the_clock_jumps_before_and_after_it(int hours) {
    UUID batch = fixture.submit(10);
    List<StartedAttempt> running = fixture.claim(4);
    fixture.advance(Duration.ofHours(hours));
    CancelResult.Fenced fenced =
        (CancelResult.Fenced) fixture.engine.cancel(fixture.caller, batch, DRAIN);
    assertThat(fenced.receipt()).contains("\"stopped\":6", "\"running\":4");
    fixture.advance(Duration.ofHours(-hours));
    assertThat(fixture.claim(10)).isEmpty();
    fixture.settle(running, SUCCESS);
    assertThat(fixture.batch(batch).state()).isEqualTo(BatchState.CANCELLED);
    assertThat(fixture.batch(batch).counts()).isEqualTo(new Counts(10, 0, 0, 4, 0, 6));
    assertThat(fixture.engine.cancel(fixture.caller, batch, DRAIN))
        .isEqualTo(new CancelResult.Fenced(fenced.receipt(), false));
  }

  @ParameterizedTest(name = "{0} hours")
  @ValueSource(ints = {1, -1})
  void every_item_succeeds_once_although_a_jump_makes_the_node_look_dead(int hours) {
    UUID batch = fixture.submit(6);
    List<StartedAttempt> running = fixture.claim(4);
    fixture.settle(running.subList(0, 1), EngineFixture.failure());
    fixture.advance(Duration.ofHours(hours));
    int rescued = fixture.engine.rescueLost();
    assertThat(rescued).isEqualTo(hours > 0 ? 3 : 0);
    // The node's late results: refused when it was taken for dead, settled otherwise.
    assertThat(fixture.settle(running.subList(1, 4), SUCCESS).refused()).hasSize(rescued);
    Exchanger another = fixture.engine.exchanger(fixture.engine.join("new", 10, List.of("noop")));
    // Back to a time at which what was to be retried is due, whichever way the clock went.
    fixture.advance(Duration.ofHours(2));
    List<StartedAttempt> rest = another.exchange(List.of(), demand(10)).claims();
    another.exchange(fixture.settlements(rest, SUCCESS), Demand.NOTHING);
    assertThat(fixture.batch(batch).state()).isEqualTo(BatchState.COMPLETED);
    assertThat(fixture.batch(batch).counts()).isEqualTo(new Counts(6, 0, 0, 6, 0, 0));
  }
}
