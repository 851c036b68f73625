package io.headgate.node;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.headgate.processor.Outcome;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class AttemptStarterTest {

  private final NodeFixture node = new NodeFixture(4);

  @AfterEach
  void close() {
    node.close();
  }

  @Test
  void each_claimed_item_runs_on_a_virtual_thread_named_after_its_claim() {
    Set<String> threads = ConcurrentHashMap.newKeySet();
    node.script =
        (input, attempt) -> {
          assertThat(Thread.currentThread().isVirtual()).isTrue();
          threads.add(Thread.currentThread().getName());
          return new Outcome.Succeeded(input.input());
        };
    node.submitOnce(2);
    node.exchange();
    long token = node.slots.tokens().iterator().next();
    node.claimAndStart();
    node.awaitIdle();
    assertThat(threads)
        .containsExactlyInAnyOrder("attempt-" + token + "-0", "attempt-" + token + "-1");
  }

  @Test
  void claims_whose_items_cannot_be_loaded_are_handed_back_and_started_later() {
    UUID batch = node.submitOnce(2);
    node.exchange();
    rename("item", "item_elsewhere");
    assertThatThrownBy(() -> node.starter.runOnce()).hasMessageContaining("item");
    rename("item_elsewhere", "item");
    assertThat(node.slots.tokens()).isEmpty();

    node.runAll();
    assertThat(node.results(batch)).isEqualTo(List.of("succeeded", "succeeded"));
  }

  private void rename(String from, String to) {
    node.engine.database.useTransaction(
        tx -> tx.update("alter table %s rename to %s".formatted(from, to)).execute());
  }

  @Test
  void claims_that_were_abandoned_before_they_started_do_not_run() throws Exception {
    node.submitOnce(2);
    node.exchange();
    node.slots.abandonAll();
    node.starter.runOnce();
    assertThat(node.slots.running()).isEmpty();
  }
}
