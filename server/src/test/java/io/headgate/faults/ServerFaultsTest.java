package io.headgate.faults;

import static org.assertj.core.api.Assertions.assertThat;

import io.headgate.Await;
import io.headgate.LiveServer;
import io.headgate.db.Database;
import io.headgate.db.TestPostgres;
import io.headgate.faults.AttemptLog.AttemptEventType;
import io.headgate.faults.ServerProcess.ServerSetup;
import io.headgate.http.TestClient;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Server processes are killed, suspended and stopped while they run items. */
@Tag("process")
class ServerFaultsTest {

  private static final Duration TIMEOUT = Duration.ofSeconds(60);

  private final Database database = TestPostgres.database();
  private final java.util.ArrayDeque<ServerProcess> servers = new java.util.ArrayDeque<>();
  @TempDir Path folder;
  private ServerSetup setup = new ServerSetup(Path.of("."), Map.of());
  private AttemptLog history = new AttemptLog(setup.history());

  @BeforeEach
  void open() {
    setup =
        new ServerSetup(
            folder,
            Map.of(
                "HEADGATE_DATABASE_URL", LiveServer.url(database),
                "HEADGATE_DATABASE_CONNECTIONS", "10",
                "HEADGATE_DRAIN_SECONDS", "0"));
    history = new AttemptLog(setup.history());
  }

  @AfterEach
  void close() {
    servers.forEach(ServerProcess::close);
    try (database) {
      assertThat(LiveServer.violations(database)).isEmpty();
    }
  }

  private ServerProcess start() {
    servers.push(ServerProcess.start(setup));
    return servers.getFirst();
  }

  private static String submit(TestClient client, int items, int millis) {
    return LiveServer.submit(
        client, RecordingProcessor.NAME, items, ",\"options\":{\"millis\":%d}".formatted(millis));
  }

  private void awaitFinished(String batch, int items) {
    Await.until(
        items + " items have run",
        TIMEOUT,
        () -> history.items(batch, AttemptEventType.FINISHED) >= items);
  }

  private void awaitMoreStarted(String batch, int items) {
    Await.until(
        "more are running", TIMEOUT, () -> history.items(batch, AttemptEventType.STARTED) > items);
  }

  private void assertGuarantees(TestClient client, String batch) {
    assertThat(
            AttemptLogChecker.violations(
                history.ofBatch(batch), ReportedBatch.of(client, database, batch)))
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
    assertThat(history.items(batch, AttemptEventType.FINISHED)).isEqualTo(items);
  }

  @Test
  void items_of_a_killed_server_run_again_after_a_restart_on_its_embedded_postgresql() {
    setup = new ServerSetup(folder, Map.of());
    ServerProcess first = start();
    String batch = submit(first.client(), 100, 50);
    awaitFinished(batch, 20);
    first.kill();
    TestClient client = start().client();
    assertThat(LiveServer.awaitEnd(client, batch)).isEqualTo("completed");
    assertThat(history.items(batch, AttemptEventType.FINISHED)).isEqualTo(100);
    assertThat(client.get("/v1/batches/" + batch + "/results").text().lines()).hasSize(100);
    assertThat(client.get("/v1/audit").json().path("ok").asBoolean()).isTrue();
    servers.getFirst().terminate();
  }

  @Test
  void a_confirmed_cancel_survives_a_kill() {
    ServerProcess first = start();
    String batch = submit(first.client(), 500, 60);
    awaitFinished(batch, 8);
    String receipt = first.client().post("/v1/batches/" + batch + "/cancel", null).text();
    first.kill();
    TestClient client = start().client();
    assertThat(LiveServer.awaitEnd(client, batch)).isEqualTo("cancelled");
    assertThat(client.get("/v1/batches/" + batch + "/receipt").text()).isEqualTo(receipt);
    assertGuarantees(client, batch);
  }

  @Test
  void a_cancel_interrupted_by_a_kill_happened_completely_or_not_at_all() {
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
    String end = LiveServer.awaitEnd(client, batch);
    int status = client.get("/v1/batches/" + batch + "/receipt").status();
    assertThat(end + " " + status).isIn("cancelled 200", "completed 404");
    if (status == 200) {
      assertGuarantees(client, batch);
    } else {
      assertEachSucceededOnce(batch, 200);
    }
  }

  @Test
  void the_other_of_two_servers_finishes_the_items_of_a_killed_one() {
    List<ServerProcess> both = ServerProcess.start(setup, 2);
    servers.addAll(both);
    TestClient client = both.get(1).client();
    String batch = submit(client, 160, 100);
    awaitFinished(batch, 40);
    both.get(0).kill();
    assertThat(LiveServer.awaitEnd(client, batch)).isEqualTo("completed");
    assertEachSucceededOnce(batch, 160);
    assertThat(results(batch, "node_id is not null and final")).isEqualTo(160);
  }

  @Test
  void a_stopping_server_hands_back_its_items_and_no_attempt_is_counted() {
    ServerProcess first = start();
    String batch = submit(first.client(), 24, 500);
    awaitFinished(batch, 8);
    awaitMoreStarted(batch, 8);
    first.terminate();
    assertThat(results(batch, "not final")).isZero();
    assertThat(LiveServer.awaitEnd(start().client(), batch)).isEqualTo("completed");
    assertEachSucceededOnce(batch, 24);
    assertThat(results(batch, "attempt > 1")).isZero();
  }

  @Test
  void a_server_suspended_past_its_lease_settles_nothing_when_it_resumes() {
    ServerProcess frozen = start();
    String batch = submit(frozen.client(), 32, 400);
    awaitFinished(batch, 8);
    awaitMoreStarted(batch, 8);
    frozen.suspend();
    try {
      assertThat(LiveServer.awaitEnd(start().client(), batch)).isEqualTo("completed");
    } finally {
      frozen.resume();
    }
    Await.until("the resumed server has joined again", TIMEOUT, () -> liveNodes() == 2);
    assertEachSucceededOnce(batch, 32);
    assertThat(frozen.client().get("/readyz").status()).isEqualTo(200);
  }

  private int liveNodes() {
    return database.read(tx ->
        tx.query("select count(*) from node where stopped_at is null").mapTo(Integer.class).one());
  }
}
