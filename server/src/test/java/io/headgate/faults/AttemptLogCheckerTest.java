package io.headgate.faults;

import static org.assertj.core.api.Assertions.assertThat;

import io.headgate.Await;
import io.headgate.LiveServer;
import io.headgate.faults.AttemptLog.AttemptEvent;
import io.headgate.faults.AttemptLog.AttemptEventType;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.Predicate;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The checker accepts a correct history and reports each manipulation of it. */
@Tag("process")
class AttemptLogCheckerTest {

  private static final int ITEMS = 200;

  @TempDir static Path folder;
  private static List<AttemptEvent> history = List.of();
  private static String batch = "";
  private static ReportedBatch reported;

  @BeforeAll
  static void run() {
    Path file = folder.resolve("history.txt");
    AttemptLog written = new AttemptLog(file);
    try (LiveServer server = new LiveServer(new RecordingProcessor(file))) {
      batch =
          server.submit(
              RecordingProcessor.NAME,
              ITEMS,
              """
              ,"options":{"millis":30,"fail_every":5},
              "limits":{"concurrency":10,"backoff_seconds":0}\
              """);
      Await.until(
          "some have finished",
          Duration.ofSeconds(20),
          () -> written.items(batch, AttemptEventType.FINISHED) > 20);
      server.client.post("/v1/batches/" + batch + "/cancel", null);
      LiveServer.awaitEnd(server.client, batch);
      reported = ReportedBatch.of(server.client, server.database, batch);
      history = written.ofBatch(batch);
    }
  }

  @AfterAll
  static void the_cancel_stopped_some_items_and_not_all() {
    assertThat(reported.inState("cancelled")).isPositive();
    assertThat(reported.inState("succeeded")).isPositive();
  }

  private AttemptEvent started(int ordinal, long atMillis) {
    return new AttemptEvent(
        AttemptEventType.STARTED, UUID.fromString(batch), ordinal, 1, 1, atMillis);
  }

  private int anItemIn(String state) {
    return reported.states().entrySet().stream()
        .filter(entry -> entry.getValue().equals(state))
        .mapToInt(Map.Entry::getKey)
        .max()
        .orElseThrow();
  }

  private List<String> with(AttemptEvent more) {
    List<AttemptEvent> changed = new ArrayList<>(history);
    changed.add(more);
    return AttemptLogChecker.violations(changed, reported);
  }

  private List<String> without(Predicate<AttemptEvent> unwanted) {
    return AttemptLogChecker.violations(
        history.stream().filter(unwanted.negate()).toList(), reported);
  }

  private List<String> reported(
      List<ReportedBatch.ReportedResult> settled, List<ReportedBatch.ReportedAttempt> attempts) {
    return AttemptLogChecker.violations(
        history,
        new ReportedBatch(
            reported.batch(), reported.states(), settled, attempts, reported.receipt()));
  }

  @Test
  void a_correct_history_has_no_violations() {
    assertThat(AttemptLogChecker.violations(history, reported)).isEmpty();
  }

  @Test
  void a_success_without_a_finish_is_found() {
    int item = anItemIn("succeeded");
    assertThat(without(event -> event.isType(AttemptEventType.FINISHED) && event.ordinal() == item))
        .singleElement()
        .asString()
        .startsWith("item %d succeeded with attempt ".formatted(item));
  }

  @Test
  void an_end_without_a_start_is_found() {
    int item = anItemIn("succeeded");
    assertThat(without(event -> event.isType(AttemptEventType.STARTED) && event.ordinal() == item))
        .isNotEmpty();
  }

  @Test
  void a_start_after_the_fence_is_found() {
    int item = anItemIn("cancelled");
    assertThat(with(started(item, System.currentTimeMillis())))
        .contains(
            "item %d started after the fence, without a claim from before it".formatted(item));
  }

  @Test
  void a_stopped_item_that_ran_before_the_fence_without_a_row_is_found() {
    int item = anItemIn("cancelled");
    assertThat(with(started(item, 0)))
        .containsExactly(
            "attempt 1 of item %d started, but the server has no row of it".formatted(item));
  }

  @Test
  void two_successes_of_an_item_and_a_claim_after_the_fence_are_found() {
    int item = anItemIn("succeeded");
    List<ReportedBatch.ReportedAttempt> attempts = new ArrayList<>(reported.attempts());
    attempts.add(new ReportedBatch.ReportedAttempt(item, 9, "succeeded", Long.MAX_VALUE, null));
    assertThat(reported(reported.results(), attempts))
        .contains(
            "item %d succeeded twice".formatted(item),
            "attempt 9 of item %d was claimed after the fence".formatted(item));
  }

  @Test
  void an_item_that_is_settled_twice_is_found() {
    List<ReportedBatch.ReportedResult> settled = new ArrayList<>(reported.results());
    settled.add(settled.getFirst());
    assertThat(reported(settled, reported.attempts()))
        .contains("item %d is settled twice".formatted(settled.getFirst().ordinal()));
  }
}
