package io.headgate.faults;

import static org.assertj.core.api.Assertions.assertThat;

import io.headgate.Await;
import io.headgate.LiveServer;
import io.headgate.faults.AttemptLog.AttemptEventType;
import io.headgate.http.TestClient;
import io.headgate.http.TestClient.HttpReply;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** PostgreSQL is killed and started again; the servers recover without a restart. */
@Tag("process")
class PostgresFaultsTest {

  private static final Duration TIMEOUT = Duration.ofSeconds(60);

  @TempDir static Path folder;
  private static Cluster cluster;

  @BeforeAll
  static void start() {
    cluster = Cluster.start(folder, 2, Map.of());
    cluster.awaitFinished(cluster.client(0), cluster.submit(cluster.client(0), 10, "{}"));
  }

  @AfterEach
  void the_audit_is_clean() {
    assertThat(LiveServer.violations(cluster.database)).isEmpty();
  }

  @AfterAll
  static void close() {
    cluster.close();
  }

  private void awaitFinished(String batch, int items) {
    Await.until(
        items + " items have run",
        TIMEOUT,
        () -> cluster.history.items(batch, AttemptEventType.FINISHED) > items);
  }

  @Test
  void a_batch_continues_after_postgresql_was_killed_and_started_again() {
    TestClient client = cluster.client(0);
    String batch = cluster.submit(client, 300, "{\"millis\":40,\"fail_every\":7}");
    awaitFinished(batch, 40);
    cluster.postgres.kill();
    HttpReply refused = client.get("/v1/batches");
    assertThat(refused.status()).isEqualTo(503);
    assertThat(refused.code()).isEqualTo("unavailable");
    cluster.postgres.start();
    assertThat(cluster.awaitFinished(client, batch)).isEqualTo("completed");
    assertThat(cluster.violations(client, batch)).isEmpty();
  }

  @Test
  void a_confirmed_cancel_survives_a_kill_of_postgresql() {
    TestClient client = cluster.client(1);
    String batch = cluster.submit(client, 2_000, "{\"millis\":40}");
    awaitFinished(batch, 20);
    String receipt = client.post("/v1/batches/" + batch + "/cancel", null).text();
    cluster.postgres.kill();
    cluster.postgres.start();
    assertThat(cluster.awaitFinished(client, batch)).isEqualTo("cancelled");
    assertThat(client.get("/v1/batches/" + batch + "/receipt").text()).isEqualTo(receipt);
    assertThat(cluster.violations(client, batch)).isEmpty();
  }
}
