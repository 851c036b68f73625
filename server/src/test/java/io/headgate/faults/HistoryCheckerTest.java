package io.headgate.faults;

import static org.assertj.core.api.Assertions.assertThat;

import io.headgate.Await;
import io.headgate.LiveServer;
import io.headgate.faults.History.Event;
import io.headgate.faults.History.What;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.Predicate;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The checker accepts a correct history and reports each manipulation of it. */
class HistoryCheckerTest {

  private static final int ITEMS = 200;

  @TempDir static Path folder;
  private static List<Event> history = List.of();
  private static String batch = "";
  private static Told told;

  @BeforeAll
  static void run() {
    Path file = folder.resolve("history.txt");
    History written = new History(file);
    try (LiveServer server = new LiveServer(new ChronicleProcessor(file))) {
      batch =
          server.submit(
              ChronicleProcessor.NAME,
              ITEMS,
              """
              ,"options":{"millis":30,"fail_every":5},
              "limits":{"concurrency":10,"backoff_seconds":0}\
              """);
      Await.until(
          "some have finished",
          Duration.ofSeconds(20),
          () -> written.items(batch, What.FINISHED) > 20);
      server.client.post("/v1/batches/" + batch + "/cancel", null);
      LiveServer.end(server.client, batch);
      told = Told.of(server.client, server.database, batch);
      history = written.of(batch);
    }
  }

  @AfterAll
  static void the_batch_was_cut_in_two() {
    assertThat(told.inState("cancelled")).isPositive();
    assertThat(told.inState("succeeded")).isPositive();
  }

  private Event started(int ordinal, long atMillis) {
    return new Event(What.STARTED, UUID.fromString(batch), ordinal, 1, 1, atMillis);
  }

  private int anOrdinal(String state) {
    return told.states().entrySet().stream()
        .filter(entry -> entry.getValue().equals(state))
        .mapToInt(Map.Entry::getKey)
        .max()
        .orElseThrow();
  }

  private List<String> with(Event more) {
    List<Event> changed = new ArrayList<>(history);
    changed.add(more);
    return HistoryChecker.violations(changed, told);
  }

  private List<String> without(Predicate<Event> unwanted) {
    return HistoryChecker.violations(history.stream().filter(unwanted.negate()).toList(), told);
  }

  private List<String> told(List<Told.Settled> settled, List<Told.Ended> attempts) {
    return HistoryChecker.violations(
        history, new Told(told.batch(), told.states(), settled, attempts, told.receipt()));
  }

  @Test
  void a_true_history_breaks_no_promise() {
    assertThat(HistoryChecker.violations(history, told)).isEmpty();
  }

  @Test
  void a_success_that_nobody_finished_is_seen() {
    int item = anOrdinal("succeeded");
    assertThat(without(event -> event.is(What.FINISHED) && event.ordinal() == item))
        .singleElement()
        .asString()
        .startsWith("item %d succeeded with attempt ".formatted(item));
  }

  @Test
  void an_ending_without_a_start_is_seen() {
    int item = anOrdinal("succeeded");
    assertThat(without(event -> event.is(What.STARTED) && event.ordinal() == item)).isNotEmpty();
  }

  @Test
  void a_start_behind_the_fence_is_seen() {
    int item = anOrdinal("cancelled");
    assertThat(with(started(item, System.currentTimeMillis())))
        .contains(
            "item %d started after the fence, without a claim from before it".formatted(item));
  }

  @Test
  void a_stopped_item_that_ran_before_the_fence_unknown_to_the_house_is_seen() {
    int item = anOrdinal("cancelled");
    assertThat(with(started(item, 0)))
        .containsExactly(
            "attempt 1 of item %d started, but the server has no row of it".formatted(item));
  }

  @Test
  void two_successes_of_an_item_and_a_claim_behind_the_fence_are_seen() {
    int item = anOrdinal("succeeded");
    List<Told.Ended> attempts = new ArrayList<>(told.attempts());
    attempts.add(new Told.Ended(item, 9, "succeeded", Long.MAX_VALUE, null));
    assertThat(told(told.settled(), attempts))
        .contains(
            "item %d succeeded twice".formatted(item),
            "attempt 9 of item %d was claimed after the fence".formatted(item));
  }

  @Test
  void an_item_that_is_settled_twice_is_seen() {
    List<Told.Settled> settled = new ArrayList<>(told.settled());
    settled.add(settled.getFirst());
    assertThat(told(settled, told.attempts()))
        .contains("item %d is settled twice".formatted(settled.getFirst().ordinal()));
  }
}
