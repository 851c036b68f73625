package io.headgate.node;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.headgate.engine.EngineFixture;
import io.headgate.engine.StartedAttempt;
import io.headgate.processor.Outcome;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class ExchangeLoopTest {

  private final NodeFixture node = new NodeFixture(4);
  private final CountDownLatch released = new CountDownLatch(1);

  @AfterEach
  void close() {
    released.countDown();
    node.close();
  }

  private void blockAttempts() {
    node.script =
        (input, attempt) -> {
          released.await();
          return new Outcome.Succeeded(input.input());
        };
  }

  @Test
  void items_are_claimed_up_to_the_free_slots_run_and_settled() {
    UUID batch = node.submitOnce(6);
    node.claimAndStart();
    assertThat(node.claimed(batch)).isEqualTo(4);
    node.awaitIdle();
    node.exchange();
    assertThat(node.results(batch)).hasSize(4).containsOnly("succeeded");
    assertThat(node.exchange.settled()).isEqualTo(4);
    assertThat(node.claimed(batch)).as("claimed by the exchange that settled").isEqualTo(2);
  }

  @Test
  void a_processor_gets_no_more_items_than_it_has_places() {
    node.places = 3;
    blockAttempts();
    UUID batch = node.submitOnce(6);
    node.claimAndStart();
    node.slots.workAvailable();
    node.exchange();
    assertThat(node.claimed(batch)).isEqualTo(3);
    assertThat(node.slots.occupied("noop")).isEqualTo(3);
  }

  @Test
  void claims_of_an_exchange_whose_answer_was_lost_are_handed_back_and_run() {
    UUID batch = node.submitOnce(2);
    List<StartedAttempt> unknown = commitWithoutAnswer();
    assertThat(unknown).hasSize(2);
    node.slots.reconcileNeeded();

    node.runAll();

    assertThat(node.results(batch)).containsExactly("succeeded", "succeeded");
    assertThat(node.claimed(batch)).isZero();
  }

  /** What a node's exchange does when the connection breaks after the commit. */
  private List<StartedAttempt> commitWithoutAnswer() {
    return node.engine
        .engine
        .exchanger(node.membership.node())
        .exchange(List.of(), EngineFixture.demand(4))
        .claims();
  }

  @Test
  void what_runs_or_waits_to_be_settled_is_not_handed_back() {
    blockAttempts();
    UUID batch = node.submitOnce(4);
    node.claimAndStart();
    Set<Long> tokens = node.slots.tokens();
    node.slots.reconcileNeeded();
    node.exchange();
    assertThat(node.slots.tokens()).isEqualTo(tokens);
    assertThat(node.claimed(batch)).isEqualTo(4);
  }

  @Test
  void results_of_an_exchange_that_failed_are_settled_by_the_next() {
    UUID batch = node.submitOnce(2);
    node.claimAndStart();
    node.awaitIdle();
    rename("result", "result_elsewhere");
    assertThatThrownBy(node::exchange).hasMessageContaining("result");
    rename("result_elsewhere", "result");
    node.exchange();
    assertThat(node.results(batch)).containsExactly("succeeded", "succeeded");
  }

  private void rename(String from, String to) {
    node.engine.database.useTransaction(
        tx -> tx.update("alter table %s rename to %s".formatted(from, to)).execute());
  }

  @Test
  void a_node_that_was_declared_dead_joins_anew_and_settles_nothing_it_ran_before() {
    blockAttempts();
    UUID batch = node.engine.submit(2);
    node.claimAndStart();
    long before = node.membership.node();
    RunningAttempt lost = node.slots.running().getFirst();
    node.engine.advance(EngineFixture.LEASE.plusSeconds(1));
    assertThat(node.engine.engine.rescueLost()).isEqualTo(2);

    node.heartbeat.runOnce();
    node.exchange();

    assertThat(node.membership.node()).isNotEqualTo(before);
    assertThat(lost.isStopping()).isTrue();
    assertThat(node.slots.running()).isEmpty();
    released.countDown();
    node.runAll();
    assertThat(node.results(batch)).filteredOn("succeeded"::equals).hasSize(2);
  }

  @Test
  void a_node_that_learns_of_its_death_from_the_exchange_joins_anew_too() {
    UUID batch = node.engine.submit(1);
    long before = node.membership.node();
    node.engine.advance(EngineFixture.LEASE.plusSeconds(1));
    node.engine.engine.rescueLost();

    node.exchange();
    assertThat(node.membership.node()).isNotEqualTo(before);
    node.runAll();
    assertThat(node.results(batch)).containsExactly("succeeded");
  }

  @Test
  void a_node_that_stops_or_has_failed_claims_nothing_and_settles_what_it_ran() {
    UUID batch = node.submitOnce(6);
    node.claimAndStart();
    node.awaitIdle();
    node.health.fail("a test", null);
    node.exchange();
    assertThat(node.results(batch)).hasSize(4);
    assertThat(node.claimed(batch)).isZero();
  }

  @Test
  void the_last_exchange_settles_what_finished_and_claims_nothing() {
    UUID batch = node.submitOnce(6);
    node.claimAndStart();
    node.awaitIdle();
    node.exchange.stopClaiming();
    node.exchange.settleRemaining();
    assertThat(node.results(batch)).hasSize(4);
    assertThat(node.claimed(batch)).isZero();
  }

  @Test
  void an_interrupt_while_it_waits_comes_through() {
    node.exchange(); // there may be work at the start
    Thread.currentThread().interrupt();
    assertThatThrownBy(() -> node.exchange.runOnce()).isInstanceOf(InterruptedException.class);
  }
}
