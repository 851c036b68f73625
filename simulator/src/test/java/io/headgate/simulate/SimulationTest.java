package io.headgate.simulate;

import static org.assertj.core.api.Assertions.assertThat;

import io.headgate.db.Database;
import io.headgate.db.TestPostgres;
import java.util.HashSet;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Runs some hundred seeds; {@code ./headgate simulate} runs more. */
@Tag("slow")
class SimulationTest {

  private static final int SEEDS = 200;
  private static final int STEPS = 50;

  /** Situations that must occur in at least one seed, to prove that the actors reach them. */
  private static final String SITUATIONS =
      """
      select coalesce(error_code, outcome) from result
      union select state from batch
      union select 'retried' from batch where retried
      union select 'retried and fenced' from batch where retried and fence_epoch is not null
      union select 'expired' from receipt where body like '%"expired"%'
      union select 'interrupted batch' from receipt where body like '%"interrupt"%' and running > 0
      union select 'resubmitted' from batch where resubmitted_from is not null
      union select 'bulk' from operation where state = 'completed'
      union select 'event ' || kind from webhook_delivery
      union select 'webhook ' || state from webhook_delivery
      union select 'outlived' from receipt r
        where not exists (select from batch b where b.id = r.batch_id)
      """;

  private static Database database;
  private static Simulation simulation;

  @BeforeAll
  static void open() {
    database = TestPostgres.database();
    simulation = Simulation.on(database.address());
  }

  @AfterAll
  static void close() {
    simulation.close();
    database.close();
  }

  @Test
  void every_law_holds_after_every_step_of_some_hundred_seeds() {
    Set<String> situations = ConcurrentHashMap.newKeySet();
    CompletableFuture<Void> odd =
        CompletableFuture.runAsync(() -> situations.addAll(playEverySecondFrom(1)));
    situations.addAll(playEverySecondFrom(2));
    odd.join();
    assertThat(situations)
        .contains("succeeded", "boom", "node-lost", "timeout", "cancelled", "interrupted")
        .contains("abandoned", "child-failed", "child-cancelled")
        .contains("completed", "partial", "failed", "expired", "interrupted batch")
        .contains("retried", "retried and fenced", "resubmitted", "bulk", "outlived")
        .contains("event batch.started", "event batch.progress", "event batch.completed")
        .contains("event batch.cancelled", "event batch.settled", "event item.failed")
        .contains("webhook delivered", "webhook failed");
  }

  /** Runs every second seed on a database of its own, as Java and PostgreSQL alternate. */
  private static Set<String> playEverySecondFrom(long first) {
    Set<String> situations = new HashSet<>();
    try (Database own = TestPostgres.database();
        Simulation half = Simulation.on(own.address())) {
      for (long seed = first; seed <= SEEDS; seed += 2) {
        SimulationHistory history = half.play(seed, STEPS);
        assertThat(history.breach()).as(history.toString()).isNull();
        situations.addAll(
            own.<Set<String>>read(tx -> tx.query(SITUATIONS).mapTo(String.class).set()));
      }
    }
    return situations;
  }

  @Test
  void the_same_seed_produces_the_same_history_and_another_seed_another() {
    SimulationHistory first = simulation.play(4_711, 150);
    simulation.play(1, 20);
    assertThat(simulation.play(4_711, 150)).isEqualTo(first);
    assertThat(simulation.play(4_712, 150).steps()).isNotEqualTo(first.steps());
  }

  @Test
  void the_same_seed_produces_the_same_history_on_another_database() {
    SimulationHistory first = simulation.play(4_713, 150);
    try (Database other = TestPostgres.database();
        Simulation elsewhere = Simulation.on(other.address())) {
      assertThat(elsewhere.play(4_713, 150)).isEqualTo(first);
    }
  }

  @Test
  void a_violated_law_is_printed_with_its_steps_and_the_command_to_repeat_it() {
    SimulationHistory history =
        new SimulationHistory(
            7,
            40,
            java.util.List.of("open submits B1"),
            new SimulationHistory.Breach("a law", "why", 1));
    assertThat(history.toString())
        .contains("    1  open submits B1", "law violated in step 1: a law", "why")
        .contains("./headgate simulate --seed 7 --steps 40");
  }
}
