package io.headgate.engine;

import static org.assertj.core.api.Assertions.assertThat;

import io.headgate.audit.Audit;
import io.headgate.audit.AuditReport;
import io.headgate.batch.Counts;
import io.headgate.batch.ItemState;
import io.headgate.view.Batches;
import io.headgate.view.ItemFilter;
import io.headgate.view.ItemView;
import io.headgate.view.Items;
import io.headgate.view.LiveProgress;
import io.headgate.view.Position;
import io.headgate.view.ResultLine;
import io.headgate.view.Results;
import io.headgate.view.SettlementReader;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** After every step the audit finds nothing and all views agree. */
@Tag("slow")
class ClusterSimulationTest {

  private static final int STEPS = 150;
  private static final int MOST = 500;

  private static final String CORNERS =
      """
      select coalesce(error_code, 'succeeded') from result
      union select 'fenced' from batch where fence_epoch is not null
      union select 'retried' from batch where retried
      union select 'retried and fenced' from batch where retried and fence_epoch is not null
      union select 'resubmitted' from batch where resubmitted_from is not null
      """;

  private static final Set<String> reached = new HashSet<>();

  @AfterAll
  static void no_corner_was_left_out() {
    assertThat(reached)
        .contains("succeeded", "boom", "not-found", "node-lost", "cancelled", "interrupted")
        .contains("abandoned", "child-failed", "fenced", "retried", "retried and fenced")
        .contains("resubmitted");
  }

  @ParameterizedTest(name = "seed {0}")
  @ValueSource(longs = {1, 2, 3, 4, 5, 6})
  void whatever_happens_the_audit_stays_clean_and_the_views_agree(long seed) {
    try (EngineFixture fixture = new EngineFixture()) {
      ClusterSimulation simulation = new ClusterSimulation(fixture, seed);
      Audit audit = new Audit(fixture.database, fixture.clock);
      for (int step = 1; step <= STEPS; step++) {
        String what = "seed %d, step %d: %s".formatted(seed, step, simulation.step());
        assertThat(audit.all().checks())
            .as(what)
            .flatExtracting(AuditReport.CheckResult::violations)
            .isEmpty();
        if (step % 25 == 0) {
          simulation.batches.forEach(batch -> viewsAgree(fixture, batch, what));
        }
      }
      reached.addAll(
          fixture.database.<Set<String>>read(tx -> tx.query(CORNERS).mapTo(String.class).set()));
    }
  }

  private static void viewsAgree(EngineFixture fixture, UUID batch, String what) {
    UUID account = fixture.caller.account();
    Counts counts =
        new Batches(fixture.database, fixture.clock).find(account, batch).orElseThrow().counts();
    Items items = new Items(fixture.database, fixture.clock, LiveProgress.UNKNOWN);
    List<ItemView> all = list(items, account, batch, ItemFilter.ALL);
    for (ItemState state : ItemState.values()) {
      List<ItemView> some = all.stream().filter(item -> item.state() == state).toList();
      assertThat(some).as(what + ", " + state).hasSize(count(counts, state));
      assertThat(list(items, account, batch, new ItemFilter(state, null, null)))
          .as(what + ", listed by " + state)
          .isEqualTo(some);
    }
    resultsAgree(fixture, batch, all, what);
  }

  private static void resultsAgree(
      EngineFixture fixture, UUID batch, List<ItemView> all, String what) {
    UUID account = fixture.caller.account();
    List<ResultLine> lines = new ArrayList<>();
    Results results = new Results(fixture.database, fixture.clock);
    results.each(account, batch, null, Position.START, lines::add);
    assertThat(lines.stream().map(ResultLine::position)).as(what).isSorted();
    assertThat(lines)
        .as(what)
        .extracting(
            line -> line.ordinal() + " " + line.state() + " " + line.attemptSummary().attempts())
        .containsExactlyInAnyOrderElementsOf(settled(all).toList());
    new SettlementReader(fixture.database, fixture.clock)
        .find(account, batch)
        .ifPresent(settlement ->
            assertThat(settlement.settled())
                .as(what)
                .isEqualTo(fixture.batch(batch).state().finished()));
  }

  private static Stream<String> settled(List<ItemView> all) {
    return all.stream()
        .filter(item -> item.state().settled())
        .map(item -> item.ordinal() + " " + item.state() + " " + item.run().attempts().size());
  }

  private static List<ItemView> list(Items items, UUID account, UUID batch, ItemFilter filter) {
    return items.list(account, batch, filter, -1, MOST).orElseThrow().data();
  }

  private static int count(Counts counts, ItemState state) {
    return switch (state) {
      case PENDING -> counts.pending();
      case RUNNING -> counts.running();
      case SUCCEEDED -> counts.succeeded();
      case FAILED -> counts.failed();
      case CANCELLED -> counts.cancelled();
    };
  }
}
