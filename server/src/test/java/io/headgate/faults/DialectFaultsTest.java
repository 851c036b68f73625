package io.headgate.faults;

import static org.assertj.core.api.Assertions.assertThat;

import io.headgate.Await;
import io.headgate.LiveServer;
import io.headgate.db.Database;
import io.headgate.db.TestPostgres;
import io.headgate.faults.AttemptLog.AttemptEventType;
import io.headgate.faults.ServerProcess.ServerSetup;
import io.headgate.http.TestClient;
import io.headgate.http.TestClient.HttpReply;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A server is killed while a vendor's client cancels: the cancel happens completely or not at all.
 */
@Tag("process")
class DialectFaultsTest {

  private static final Duration TIMEOUT = Duration.ofSeconds(60);
  private static final String BATCHES = "/api/batch/scrape";

  private final Database database = TestPostgres.database();
  private final ArrayDeque<ServerProcess> servers = new ArrayDeque<>();
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
                "HEADGATE_SLOTS", "4",
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

  private TestClient start() {
    servers.push(ServerProcess.start(setup));
    return servers.getFirst().client();
  }

  private String submit(TestClient client) {
    String urls =
        IntStream.range(0, 50)
            .mapToObj(i -> "\"http://a.invalid/" + i + "\"")
            .collect(Collectors.joining(","));
    HttpReply reply = client.post(BATCHES, "{\"urls\":[" + urls + "],\"cookies\":\"a=b\"}");
    String batch = reply.json().path("batchId").asString();
    Await.until(
        "four have run", TIMEOUT, () -> history.items(batch, AttemptEventType.FINISHED) >= 4);
    return batch;
  }

  private void assertGuarantees(TestClient client, String batch) {
    assertThat(
            AttemptLogChecker.violations(
                history.ofBatch(batch), ReportedBatch.of(client, database, batch)))
        .isEmpty();
  }

  @Test
  void a_cancel_survives_a_kill_and_a_repeat_finds_it_cancelled() {
    TestClient first = start();
    String batch = submit(first);
    HttpReply cancelled = first.delete(BATCHES + "/" + batch);
    servers.getFirst().kill();
    TestClient client = start();
    assertThat(client.delete(BATCHES + "/" + batch).text()).contains("already cancelled");
    assertThat(LiveServer.awaitEnd(client, batch)).isEqualTo("cancelled");
    assertThat(client.get("/v1/batches/" + batch + "/receipt").json().at("/counts/stopped"))
        .isEqualTo(cancelled.json().path("cancelledItems"));
    assertGuarantees(client, batch);
  }

  @Test
  void a_cancel_interrupted_by_a_kill_happened_completely_or_not_at_all() {
    TestClient dying = start();
    String batch = submit(dying);
    CompletableFuture<Void> cut =
        CompletableFuture.runAsync(() -> dying.delete(BATCHES + "/" + batch))
            .exceptionally(problem -> null);
    servers.getFirst().kill();
    cut.join();
    TestClient client = start();
    HttpReply again = client.delete(BATCHES + "/" + batch);
    assertThat(again.status()).isIn(200, 409);
    assertThat(LiveServer.awaitEnd(client, batch)).isEqualTo("cancelled");
    assertGuarantees(client, batch);
  }
}
