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
import org.junit.jupiter.api.Test;

/** Runs some hundred seeds; {@code ./headgate simulate} runs more. */
class SimulationTest {

  private static final int SEEDS = 200;
  private static final int STEPS = 50;

  /** Situations that must occur in at least one seed, to prove that the actors reach them. */
  private static final String CORNERS =
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
    Set<String> corners = ConcurrentHashMap.newKeySet();
    CompletableFuture<Void> odd =
        CompletableFuture.runAsync(() -> corners.addAll(playEverySecondFrom(1)));
    corners.addAll(playEverySecondFrom(2));
    odd.join();
    assertThat(corners)
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
    Set<String> corners = new HashSet<>();
    try (Database own = TestPostgres.database();
        Simulation half = Simulation.on(own.address())) {
      for (long seed = first; seed <= SEEDS; seed += 2) {
        History history = half.play(seed, STEPS);
        assertThat(history.breach()).as(history.toString()).isNull();
        corners.addAll(own.<Set<String>>read(tx -> tx.query(CORNERS).mapTo(String.class).set()));
      }
    }
    return corners;
  }

  @Test
  void the_same_seed_plays_the_same_history_and_another_one_another() {
    History first = simulation.play(4_711, 150);
    simulation.play(1, 20);
    assertThat(simulation.play(4_711, 150)).isEqualTo(first);
    assertThat(simulation.play(4_712, 150).steps()).isNotEqualTo(first.steps());
  }

  @Test
  void the_same_seed_plays_the_same_history_on_another_database() {
    History first = simulation.play(4_713, 150);
    try (Database other = TestPostgres.database();
        Simulation elsewhere = Simulation.on(other.address())) {
      assertThat(elsewhere.play(4_713, 150)).isEqualTo(first);
    }
  }

  @Test
  void a_broken_law_is_told_with_the_steps_before_it_and_the_way_to_see_it_again() {
    History history =
        new History(
            7, 40, java.util.List.of("open submits B1"), new History.Breach("a law", "why", 1));
    assertThat(history.toString())
        .contains("    1  open submits B1", "law violated in step 1: a law", "why")
        .contains("./headgate simulate --seed 7 --steps 40");
  }
}
