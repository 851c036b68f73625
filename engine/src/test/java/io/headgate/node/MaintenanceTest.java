package io.headgate.node;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.headgate.engine.EngineFixture;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** {@link Maintenance} and its tasks. */
class MaintenanceTest {

  private Instant now = Instant.parse("2026-11-21T10:00:00Z");
  private final List<String> ran = new ArrayList<>();

  private MaintenanceTask task(String name, Duration interval) {
    return new MaintenanceTask(name, interval, at -> ran.add(name));
  }

  private MaintenanceTask failing(String name, Duration interval, Throwable failure) {
    return new MaintenanceTask(
        name,
        interval,
        at -> {
          ran.add(name);
          if (failure instanceof Error error) {
            throw error;
          }
          throw (Exception) failure;
        });
  }

  private Maintenance maintenance(MaintenanceTask... tasks) {
    return new Maintenance(() -> now, List.of(tasks));
  }

  @Test
  void a_task_that_fails_does_not_keep_the_others_from_running() throws Exception {
    MaintenanceTask bad = failing("bad", Duration.ZERO, new IllegalStateException("on purpose"));
    MaintenanceTask worse = failing("worse", Duration.ZERO, new AssertionError("on purpose"));
    MaintenanceTask good = task("good", Duration.ZERO);
    Maintenance maintenance = maintenance(bad, worse, good);
    maintenance.runOnce();
    maintenance.runOnce();
    assertThat(ran).containsExactly("bad", "worse", "good", "bad", "worse", "good");
    assertThat(bad.failures()).isEqualTo(2);
    assertThat(worse.failures()).isEqualTo(2);
    assertThat(good.failures()).isZero();
    assertThat(good.runs()).isEqualTo(2);
  }

  @Test
  void a_task_runs_when_its_interval_is_over() throws Exception {
    Maintenance maintenance =
        maintenance(task("often", Duration.ZERO), task("seldom", Duration.ofMinutes(10)));
    maintenance.runOnce();
    now = now.plus(Duration.ofMinutes(10)).minusMillis(1);
    maintenance.runOnce();
    now = now.plusMillis(1);
    maintenance.runOnce();
    assertThat(ran).containsExactly("often", "seldom", "often", "often", "seldom");
  }

  @Test
  void a_rare_task_that_failed_is_tried_again_after_a_minute() throws Exception {
    Maintenance maintenance =
        maintenance(
            failing("seldom", Duration.ofHours(1), new IllegalStateException("on purpose")),
            task("good", Duration.ofDays(1)));
    maintenance.runOnce();
    now = now.plusSeconds(60);
    assertThatThrownBy(maintenance::runOnce).hasMessage("on purpose");
    assertThat(ran).containsExactly("seldom", "good", "seldom");
  }

  @Test
  void a_round_in_which_everything_failed_fails_so_that_the_loop_waits_longer() {
    Maintenance maintenance =
        maintenance(failing("bad", Duration.ZERO, new IllegalStateException("on purpose")));
    assertThatThrownBy(maintenance::runOnce).hasMessage("on purpose");
  }

  @Test
  void an_error_that_the_process_cannot_survive_comes_through() {
    Maintenance maintenance =
        maintenance(failing("fatal", Duration.ZERO, new OutOfMemoryError("on purpose")));
    assertThatThrownBy(maintenance::runOnce).isInstanceOf(OutOfMemoryError.class);
  }

  @Test
  void runs_failures_and_duration_are_metrics() throws Exception {
    PrometheusMeterRegistry metrics = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
    Maintenance maintenance =
        maintenance(
            failing("bad", Duration.ZERO, new IllegalStateException("on purpose")),
            task("good", Duration.ZERO));
    maintenance.measure(metrics);
    maintenance.runOnce();
    assertThat(metrics.scrape())
        .contains(
            "headgate_maintenance_runs_total{task=\"bad\"} 1.0",
            "headgate_maintenance_failures_total{task=\"bad\"} 1.0",
            "headgate_maintenance_failures_total{task=\"good\"} 0.0",
            "headgate_maintenance_last_duration_seconds{task=\"good\"}");
  }

  @Test
  void items_of_dead_nodes_are_rescued_although_bulk_cancels_fail() throws Exception {
    try (EngineFixture engine = new EngineFixture()) {
      UUID batch = engine.submit(3);
      engine.claim(3);
      engine.advance(EngineFixture.LEASE.plusSeconds(1));
      engine.database.useTransaction(tx ->
          tx.update("alter table operation_batch rename to operation_batch_elsewhere").execute());
      MaintenanceTask cancels =
          new MaintenanceTask(
              "bulk-cancels", Duration.ZERO, at -> engine.engine.continueOperations());
      List<Integer> rescued = new ArrayList<>();
      new Maintenance(
              engine.clock,
              List.of(
                  cancels,
                  new MaintenanceTask(
                      "rescue", Duration.ZERO, at -> rescued.add(engine.engine.rescueLost()))))
          .runOnce();
      assertThat(cancels.failures()).isEqualTo(1);
      assertThat(rescued).containsExactly(3);
      assertThat(batch).isNotNull();
    }
  }
}
