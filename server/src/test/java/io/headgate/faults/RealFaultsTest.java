package io.headgate.faults;

import static org.assertj.core.api.Assertions.assertThat;

import io.headgate.Await;
import io.headgate.LiveServer;
import io.headgate.db.Database;
import io.headgate.db.TestPostgres;
import io.headgate.faults.History.What;
import io.headgate.faults.ServerProcess.House;
import io.headgate.http.TestClient;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Server processes are killed, suspended and stopped while they run items. */
class RealFaultsTest {

  private static final Duration LONG = Duration.ofSeconds(60);

  private final Database database = TestPostgres.database();
  private final java.util.ArrayDeque<ServerProcess> servers = new java.util.ArrayDeque<>();
  @TempDir Path folder;
  private House house = new House(Path.of("."), Map.of());
  private History history = new History(house.history());

  @BeforeEach
  void open() {
    house =
        new House(
            folder,
            Map.of(
                "HEADGATE_DATABASE_URL", LiveServer.url(database),
                "HEADGATE_DATABASE_CONNECTIONS", "10",
                "HEADGATE_DRAIN_SECONDS", "0"));
    history = new History(house.history());
  }

  @AfterEach
  void close() {
    servers.forEach(ServerProcess::close);
    try (database) {
      assertThat(LiveServer.violations(database)).isEmpty();
    }
  }

  private ServerProcess start() {
    servers.push(ServerProcess.start(house));
    return servers.getFirst();
  }

  private static String submit(TestClient client, int items, int millis) {
    return LiveServer.submit(
        client, ChronicleProcessor.NAME, items, ",\"options\":{\"millis\":%d}".formatted(millis));
  }

  private void awaitFinished(String batch, int items) {
    Await.until(
        items + " items have run", LONG, () -> history.items(batch, What.FINISHED) >= items);
  }

  private void awaitMoreStarted(String batch, int items) {
    Await.until("more are running", LONG, () -> history.items(batch, What.STARTED) > items);
  }

  private void assertPromisesKept(TestClient client, String batch) {
    assertThat(HistoryChecker.violations(history.of(batch), Told.of(client, database, batch)))
        .isEmpty();
  }

  private int results(String batch, String condition) {
    return database.read(tx ->
        tx.query("select count(*) from result where batch_id = :batch and " + condition)
            .bind("batch", UUID.fromString(batch))
            .mapTo(Integer.class)
            .one());
  }

  /** Every item succeeded exactly once, and its processor finished it. */
  private void assertEachSucceededOnce(String batch, int items) {
    assertThat(results(batch, "outcome = 'succeeded'")).isEqualTo(items);
    assertThat(history.items(batch, What.FINISHED)).isEqualTo(items);
  }

  @Test
  void what_a_killed_server_ran_is_run_again_after_a_restart_on_its_own_postgresql() {
    house = new House(folder, Map.of());
    ServerProcess first = start();
    String batch = submit(first.client(), 100, 50);
    awaitFinished(batch, 20);
    first.kill();
    TestClient client = start().client();
    assertThat(LiveServer.end(client, batch)).isEqualTo("completed");
    assertThat(history.items(batch, What.FINISHED)).isEqualTo(100);
    assertThat(client.get("/v1/batches/" + batch + "/results").text().lines()).hasSize(100);
    assertThat(client.get("/v1/audit").json().path("ok").asBoolean()).isTrue();
    servers.getFirst().terminate();
  }

  @Test
  void a_cancel_that_was_answered_holds_through_a_kill() {
    ServerProcess first = start();
    String batch = submit(first.client(), 500, 60);
    awaitFinished(batch, 8);
    String receipt = first.client().post("/v1/batches/" + batch + "/cancel", null).text();
    first.kill();
    TestClient client = start().client();
    assertThat(LiveServer.end(client, batch)).isEqualTo("cancelled");
    assertThat(client.get("/v1/batches/" + batch + "/receipt").text()).isEqualTo(receipt);
    assertPromisesKept(client, batch);
  }

  @Test
  void a_cancel_that_a_kill_cut_off_has_happened_wholly_or_not_at_all() {
    ServerProcess first = start();
    String batch = submit(first.client(), 200, 20);
    awaitFinished(batch, 8);
    TestClient dying = first.client();
    CompletableFuture<Void> cut =
        CompletableFuture.runAsync(() -> dying.post("/v1/batches/" + batch + "/cancel", null))
            .exceptionally(problem -> null);
    first.kill();
    cut.join();
    TestClient client = start().client();
    String end = LiveServer.end(client, batch);
    int status = client.get("/v1/batches/" + batch + "/receipt").status();
    assertThat(end + " " + status).isIn("cancelled 200", "completed 404");
    if (status == 200) {
      assertPromisesKept(client, batch);
    } else {
      assertEachSucceededOnce(batch, 200);
    }
  }

  @Test
  void the_other_of_two_servers_finishes_what_a_killed_one_had_begun() {
    List<ServerProcess> both = ServerProcess.start(house, 2);
    servers.addAll(both);
    TestClient client = both.get(1).client();
    String batch = submit(client, 160, 100);
    awaitFinished(batch, 40);
    both.get(0).kill();
    assertThat(LiveServer.end(client, batch)).isEqualTo("completed");
    assertEachSucceededOnce(batch, 160);
    assertThat(results(batch, "node_id is not null and final")).isEqualTo(160);
  }

  @Test
  void a_server_that_is_told_to_stop_hands_back_what_it_runs_and_no_attempt_is_counted() {
    ServerProcess first = start();
    String batch = submit(first.client(), 24, 500);
    awaitFinished(batch, 8);
    awaitMoreStarted(batch, 8);
    first.terminate();
    assertThat(results(batch, "not final")).isZero();
    assertThat(LiveServer.end(start().client(), batch)).isEqualTo("completed");
    assertEachSucceededOnce(batch, 24);
    assertThat(results(batch, "attempt > 1")).isZero();
  }

  @Test
  void a_server_frozen_past_its_lease_settles_nothing_when_it_thaws() {
    ServerProcess frozen = start();
    String batch = submit(frozen.client(), 32, 400);
    awaitFinished(batch, 8);
    awaitMoreStarted(batch, 8);
    frozen.freeze();
    try {
      assertThat(LiveServer.end(start().client(), batch)).isEqualTo("completed");
    } finally {
      frozen.thaw();
    }
    Await.until("the resumed server has joined again", LONG, () -> liveNodes() == 2);
    assertEachSucceededOnce(batch, 32);
    assertThat(frozen.client().get("/readyz").status()).isEqualTo(200);
  }

  private int liveNodes() {
    return database.read(tx ->
        tx.query("select count(*) from node where stopped_at is null").mapTo(Integer.class).one());
  }
}
