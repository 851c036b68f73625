package io.headgate.node;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.headgate.engine.ExchangeResult;
import io.headgate.engine.StartedAttempt;
import io.headgate.processor.Outcome;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.UUID;
import java.util.concurrent.CountDownLatch;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class SlotsTest {

  private static final Duration LONG = Duration.ofHours(1);
  private static final UUID BATCH = UUID.fromString("01990000-0000-7000-8000-000000000000");

  private final Slots slots = new Slots(10);

  private static ExchangeResult exchanged(long token, int items) {
    List<StartedAttempt> claims =
        IntStream.range(0, items)
            .mapToObj(n -> new StartedAttempt(token, BATCH, n, 1, Instant.EPOCH))
            .toList();
    return new ExchangeResult(
        claims, items == 0 ? Map.of() : Map.of("noop", items), List.of(), false);
  }

  private Slots.ExchangeInput turn() throws InterruptedException {
    return slots.takeTurn(Duration.ZERO, Duration.ZERO);
  }

  @Test
  void claimed_items_hold_their_slots_before_they_have_started() throws Exception {
    slots.claimed(exchanged(1, 4));
    assertThat(turn().free()).isEqualTo(6);
    assertThat(slots.occupied("noop")).isEqualTo(4);
    assertThat(slots.occupied("other")).isZero();
    assertThat(slots.tokens()).containsExactly(1L);
  }

  @Test
  void claims_that_were_not_started_free_their_slots_and_are_to_be_reconciled() throws Exception {
    ExchangeResult first = exchanged(1, 4);
    slots.claimed(first);
    slots.claimed(exchanged(2, 3));
    slots.notStarted(first.claims());
    assertThat(turn().free()).isEqualTo(7);
    assertThat(slots.tokens()).containsExactly(2L);
    assertThat(slots.takeReconcileNeeded()).isTrue();
    assertThat(slots.takeReconcileNeeded()).as("taken").isFalse();
  }

  @Test
  void claims_are_started_in_the_order_of_their_exchanges() throws Exception {
    slots.claimed(exchanged(1, 2));
    slots.claimed(exchanged(2, 2));
    List<StartedAttempt> first = slots.awaitClaimed(LONG);
    assertThat(first).extracting(StartedAttempt::token).containsOnly(1L);
    assertThat(slots.started(first, List.of())).isTrue();
    assertThat(slots.started(first, List.of())).as("started before").isFalse();
    assertThat(slots.awaitClaimed(LONG)).extracting(StartedAttempt::token).containsOnly(2L);
  }

  @Test
  void waits_end_when_their_time_is_over() throws Exception {
    turn();
    assertThat(slots.takeTurn(Duration.ofMillis(1), LONG).free()).isEqualTo(10);
    assertThat(slots.awaitClaimed(Duration.ofMillis(1))).isEmpty();
    slots.claimed(exchanged(1, 1));
    assertThat(slots.awaitIdle(Duration.ofMillis(1))).isFalse();
  }

  @Test
  void work_that_was_reported_before_the_wait_is_not_missed() throws Exception {
    assertThat(slots.takeTurn(LONG, LONG).workAvailable()).as("at the start").isTrue();
    slots.workAvailable();
    assertThat(slots.takeTurn(LONG, LONG).workAvailable()).isTrue();
    assertThat(turn().workAvailable()).isFalse();
  }

  @Test
  void a_full_node_does_not_wake_for_work() throws Exception {
    slots.claimed(exchanged(1, 10));
    slots.workAvailable();
    assertThat(slots.takeTurn(Duration.ofMillis(1), Duration.ZERO).free()).isZero();
  }

  @Test
  void an_interrupt_ends_each_wait_and_takes_nothing() throws Exception {
    turn();
    Thread.currentThread().interrupt();
    assertThatThrownBy(() -> slots.takeTurn(LONG, LONG)).isInstanceOf(InterruptedException.class);
    Thread.currentThread().interrupt();
    assertThatThrownBy(() -> slots.awaitClaimed(LONG)).isInstanceOf(InterruptedException.class);
    slots.claimed(exchanged(1, 3));
    Thread.currentThread().interrupt();
    assertThatThrownBy(() -> slots.awaitIdle(LONG)).isInstanceOf(InterruptedException.class);
    assertThat(turn().free()).isEqualTo(7);
  }

  @Test
  void abandoned_slots_are_free_and_late_ends_change_nothing() throws Exception {
    ExchangeResult claimed = exchanged(1, 3);
    slots.claimed(claimed);
    slots.abandonAll();
    assertThat(slots.started(claimed.claims(), List.of())).isFalse();
    assertThat(turn().free()).isEqualTo(10);
    assertThat(slots.awaitIdle(Duration.ZERO)).isTrue();
  }

  @Test
  void every_slot_comes_back_whatever_ends_interrupts_and_failures_do() {
    try (NodeFixture node = new NodeFixture(8)) {
      Random random = new Random(11);
      node.script =
          (input, attempt) ->
              switch (input.ordinal() % 5) {
                case 0 -> throw new StackOverflowError();
                case 1 -> throw new IllegalStateException("on purpose");
                case 2 -> {
                  new CountDownLatch(1).await();
                  throw new AssertionError("this latch is never opened");
                }
                default -> new Outcome.Succeeded(input.input());
              };
      UUID batch = node.submitOnce(60);
      List<Integer> sizes = new ArrayList<>();
      for (int round = 0; round < 40 && node.results(batch).size() < 60; round++) {
        node.claimAndStart();
        sizes.add(node.slots.running().size());
        if (random.nextBoolean()) {
          node.slots.reconcileNeeded();
        }
        node.slots
            .running()
            .forEach(attempt ->
                attempt.stop(RunningAttempt.StopReason.TIMEOUT, node.engine.now().plusSeconds(60)));
        node.awaitIdle();
      }
      node.exchange();
      assertThat(sizes).allMatch(size -> size <= 8);
      assertThat(node.results(batch)).hasSize(60);
      assertThat(node.claimed(batch)).isZero();
      assertThat(node.slots.tokens()).isEmpty();
    }
  }
}
