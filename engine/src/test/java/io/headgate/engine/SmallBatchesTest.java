package io.headgate.engine;

import static io.headgate.engine.EngineFixture.SUCCESS;
import static io.headgate.engine.EngineFixture.demand;
import static org.assertj.core.api.Assertions.assertThat;

import io.headgate.batch.BatchState;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Each claim of some items of a batch writes rows; small batches must not take many. */
class SmallBatchesTest {

  private static final int BATCHES = 60;
  private static final int ITEMS = 20;
  private static final int SLOTS = 200;

  private final EngineFixture fixture = new EngineFixture();

  @AfterEach
  void close() {
    fixture.close();
  }

  @Test
  void small_batches_are_claimed_nearly_whole_while_slots_are_freed_some_at_a_time() {
    List<UUID> batches = new ArrayList<>();
    for (int i = 0; i < BATCHES; i++) {
      batches.add(fixture.submit(ITEMS));
    }
    Set<Long> tokens = new HashSet<>();
    Deque<StartedAttempt> running = new ArrayDeque<>(fixture.claim(SLOTS));
    while (!running.isEmpty()) {
      running.forEach(claim -> tokens.add(claim.token()));
      List<StartedAttempt> ended = new ArrayList<>();
      for (int i = 0; i < 50 && !running.isEmpty(); i++) {
        ended.add(running.removeFirst());
      }
      running.addAll(
          fixture
              .exchanger
              .exchange(fixture.settlements(ended, SUCCESS), demand(SLOTS - running.size()))
              .claims());
    }

    assertThat(batches)
        .allSatisfy(
            batch -> assertThat(fixture.batch(batch).state()).isEqualTo(BatchState.COMPLETED));
    assertThat(tokens).hasSizeLessThan(3 * BATCHES);
  }
}
