package io.headgate.faults;

import static org.assertj.core.api.Assertions.assertThat;

import io.headgate.Await;
import io.headgate.LiveServer;
import io.headgate.faults.AttemptLog.AttemptEvent;
import io.headgate.faults.AttemptLog.AttemptEventType;
import io.headgate.http.TestClient;
import io.headgate.http.TestClient.HttpReply;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Three server processes on one external PostgreSQL. */
@Tag("process")
class ClusterTest {

  private static final int NODES = 3;
  private static final int SLOTS = NODES * Cluster.SLOTS_PER_NODE;
  private static final Duration TIMEOUT = Duration.ofSeconds(60);

  @TempDir static Path folder;
  private static Cluster cluster;

  @BeforeAll
  static void start() {
    cluster = Cluster.start(folder, NODES, Map.of("HEADGATE_DRAIN_SECONDS", "1"));
  }

  @AfterEach
  void the_audit_is_clean() {
    assertThat(LiveServer.violations(cluster.database)).isEmpty();
  }

  @AfterAll
  static void close() {
    cluster.close();
  }

  private void assertCompletedOnFirstAttempts(String batch) {
    TestClient client = cluster.client(0);
    assertThat(cluster.awaitFinished(client, batch)).isEqualTo("completed");
    assertThat(cluster.violations(client, batch)).isEmpty();
    assertThat(ReportedBatch.of(client, cluster.database, batch).attempts())
        .allMatch(attempt -> attempt.number() == 1 && attempt.succeeded());
  }

  @Test
  void each_item_runs_once_and_every_node_runs_some() {
    String batch = cluster.submit(cluster.client(0), 300, "{\"millis\":50}");
    assertCompletedOnFirstAttempts(batch);
    List<AttemptEvent> history = cluster.history.ofBatch(batch);
    assertThat(history).filteredOn(event -> event.isType(AttemptEventType.STARTED)).hasSize(300);
    assertThat(history).filteredOn(event -> event.isType(AttemptEventType.FINISHED)).hasSize(300);
    assertThat(history.stream().map(AttemptEvent::process).distinct()).hasSize(NODES);
  }

  /** One account has many batches, the other has one; each could use all slots. */
  @Test
  void slots_are_shared_between_accounts_and_not_between_batches() {
    TestClient manyBatches = cluster.client(0);
    TestClient oneBatch = clientOfNewAccount("one");
    String options = "{\"millis\":50}";
    List<String> batches = new ArrayList<>();
    for (int i = 0; i < 8; i++) {
      batches.add(cluster.submit(manyBatches, 60, options));
    }
    String single = cluster.submit(oneBatch, 480, options);
    batches.forEach(batch -> cluster.awaitFinished(manyBatches, batch));
    cluster.awaitFinished(oneBatch, single);
    assertThat(shareOfFirstHalf(single, batches)).isBetween(0.40, 0.60);
  }

  private static TestClient clientOfNewAccount(String name) {
    TestClient admin = cluster.client(0);
    String account =
        admin
            .post("/v1/accounts", "{\"name\":\"%s\"}".formatted(name))
            .json()
            .path("id")
            .asString();
    String secret =
        admin
            .post("/v1/keys", "{\"name\":\"k\",\"account_id\":\"%s\"}".formatted(account))
            .json()
            .path("secret")
            .asString();
    return admin.withKey(secret);
  }

  /** The share of the single batch among the starts while both accounts had pending items. */
  private static double shareOfFirstHalf(String single, List<String> others) {
    List<AttemptEvent> singleEvents = starts(single);
    long since = singleEvents.getFirst().atMillis();
    long until = singleEvents.get(singleEvents.size() / 2).atMillis();
    long otherStarts =
        others.stream()
            .flatMap(batch -> starts(batch).stream())
            .filter(event -> event.atMillis() >= since && event.atMillis() < until)
            .count();
    long singleStarts = singleEvents.stream().filter(event -> event.atMillis() < until).count();
    return (double) singleStarts / (singleStarts + otherStarts);
  }

  private static List<AttemptEvent> starts(String batch) {
    return cluster.history.ofBatch(batch).stream()
        .filter(event -> event.isType(AttemptEventType.STARTED))
        .toList();
  }

  @Test
  void an_interrupting_cancel_reaches_every_node_within_a_second_through_any_node() {
    for (int node = 0; node < NODES; node++) {
      String batch = cluster.submit(cluster.client(0), SLOTS, "{\"millis\":60000}");
      Await.until(
          "all slots run",
          TIMEOUT,
          () -> cluster.history.items(batch, AttemptEventType.STARTED) == SLOTS);
      long before = System.currentTimeMillis();
      HttpReply receipt =
          cluster.client(node).post("/v1/batches/" + batch + "/cancel", "{\"mode\":\"interrupt\"}");
      assertThat(receipt.status()).isEqualTo(200);
      assertThat(cluster.awaitFinished(cluster.client(node), batch)).isEqualTo("cancelled");
      assertThat(cluster.history.ofBatch(batch))
          .filteredOn(event -> event.isType(AttemptEventType.INTERRUPTED))
          .hasSize(SLOTS)
          .allMatch(event -> event.atMillis() - before <= 1_000);
      assertThat(cluster.violations(cluster.client(node), batch)).isEmpty();
    }
  }

  /** Items that outlast the drain time are handed back, which counts as no attempt. */
  @Test
  void a_rolling_restart_under_load_loses_no_attempt() {
    String quick = cluster.submit(cluster.client(0), 500, "{\"millis\":100}");
    String slow = cluster.submit(cluster.client(0), 30, "{\"millis\":3000}");
    for (int node = 0; node < NODES; node++) {
      long finished = cluster.history.items(quick, AttemptEventType.FINISHED);
      Await.until(
          "the other nodes continue",
          TIMEOUT,
          () ->
              cluster.history.items(quick, AttemptEventType.FINISHED)
                  >= Math.min(500, finished + 24));
      cluster.nodes.get(node).terminate();
      cluster.replace(node);
    }
    assertCompletedOnFirstAttempts(quick);
    assertCompletedOnFirstAttempts(slow);
    assertThat(cluster.history.ofBatch(slow))
        .anyMatch(event -> event.isType(AttemptEventType.INTERRUPTED));
  }

  @Test
  void two_nodes_continue_when_the_third_is_killed() {
    String batch = cluster.submit(cluster.client(0), 240, "{\"millis\":100}");
    Await.until(
        "all nodes work",
        TIMEOUT,
        () -> cluster.history.items(batch, AttemptEventType.FINISHED) > SLOTS * 2);
    cluster.nodes.get(2).kill();
    assertThat(cluster.awaitFinished(cluster.client(0), batch)).isEqualTo("completed");
    assertThat(cluster.violations(cluster.client(0), batch)).isEmpty();
    cluster.replace(2);
  }
}
