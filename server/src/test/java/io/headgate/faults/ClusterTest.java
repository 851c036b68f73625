package io.headgate.faults;

import static org.assertj.core.api.Assertions.assertThat;

import io.headgate.Await;
import io.headgate.LiveServer;
import io.headgate.faults.History.Event;
import io.headgate.faults.History.What;
import io.headgate.http.TestClient;
import io.headgate.http.TestClient.Reply;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Three server processes on one external PostgreSQL. */
class ClusterTest {

  private static final int NODES = 3;
  private static final int SLOTS = NODES * Cluster.SLOTS_A_NODE;
  private static final Duration LONG = Duration.ofSeconds(60);

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
    assertThat(cluster.end(client, batch)).isEqualTo("completed");
    assertThat(cluster.violations(client, batch)).isEmpty();
    assertThat(Told.of(client, cluster.database, batch).attempts())
        .allMatch(attempt -> attempt.number() == 1 && attempt.succeeded());
  }

  @Test
  void each_item_runs_once_and_every_node_takes_its_part() {
    String batch = cluster.submit(cluster.client(0), 300, "{\"millis\":50}");
    assertCompletedOnFirstAttempts(batch);
    List<Event> history = cluster.history.of(batch);
    assertThat(history).filteredOn(event -> event.is(What.STARTED)).hasSize(300);
    assertThat(history).filteredOn(event -> event.is(What.FINISHED)).hasSize(300);
    assertThat(history.stream().map(Event::process).distinct()).hasSize(NODES);
  }

  /** One account has many batches, the other has one; each could use all slots. */
  @Test
  void slots_are_shared_by_accounts_and_not_by_batches() {
    TestClient many = cluster.client(0);
    TestClient one = clientOfNewAccount("one");
    String options = "{\"millis\":50}";
    List<String> batches = new ArrayList<>();
    for (int i = 0; i < 8; i++) {
      batches.add(cluster.submit(many, 60, options));
    }
    String single = cluster.submit(one, 480, options);
    batches.forEach(batch -> cluster.end(many, batch));
    cluster.end(one, single);
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
    List<Event> own = starts(single);
    long since = own.getFirst().atMillis();
    long until = own.get(own.size() / 2).atMillis();
    long theirs =
        others.stream()
            .flatMap(batch -> starts(batch).stream())
            .filter(event -> event.atMillis() >= since && event.atMillis() < until)
            .count();
    long mine = own.stream().filter(event -> event.atMillis() < until).count();
    return (double) mine / (mine + theirs);
  }

  private static List<Event> starts(String batch) {
    return cluster.history.of(batch).stream().filter(event -> event.is(What.STARTED)).toList();
  }

  @Test
  void an_interrupting_cancel_reaches_every_node_within_a_second_whichever_is_asked() {
    for (int asked = 0; asked < NODES; asked++) {
      String batch = cluster.submit(cluster.client(0), SLOTS, "{\"millis\":60000}");
      Await.until("all slots run", LONG, () -> cluster.history.items(batch, What.STARTED) == SLOTS);
      long before = System.currentTimeMillis();
      Reply receipt =
          cluster
              .client(asked)
              .post("/v1/batches/" + batch + "/cancel", "{\"mode\":\"interrupt\"}");
      assertThat(receipt.status()).isEqualTo(200);
      assertThat(cluster.end(cluster.client(asked), batch)).isEqualTo("cancelled");
      assertThat(cluster.history.of(batch))
          .filteredOn(event -> event.is(What.INTERRUPTED))
          .hasSize(SLOTS)
          .allMatch(event -> event.atMillis() - before <= 1_000);
      assertThat(cluster.violations(cluster.client(asked), batch)).isEmpty();
    }
  }

  /** Items that outlast the drain time are handed back, which counts as no attempt. */
  @Test
  void a_rolling_restart_under_load_loses_no_attempt() {
    String quick = cluster.submit(cluster.client(0), 500, "{\"millis\":100}");
    String slow = cluster.submit(cluster.client(0), 30, "{\"millis\":3000}");
    for (int node = 0; node < NODES; node++) {
      long finished = cluster.history.items(quick, What.FINISHED);
      Await.until(
          "the other nodes continue",
          LONG,
          () -> cluster.history.items(quick, What.FINISHED) >= Math.min(500, finished + 24));
      cluster.nodes.get(node).terminate();
      cluster.replace(node);
    }
    assertCompletedOnFirstAttempts(quick);
    assertCompletedOnFirstAttempts(slow);
    assertThat(cluster.history.of(slow)).anyMatch(event -> event.is(What.INTERRUPTED));
  }

  @Test
  void two_nodes_go_on_without_a_killed_third() {
    String batch = cluster.submit(cluster.client(0), 240, "{\"millis\":100}");
    Await.until(
        "all nodes work", LONG, () -> cluster.history.items(batch, What.FINISHED) > SLOTS * 2);
    cluster.nodes.get(2).kill();
    assertThat(cluster.end(cluster.client(0), batch)).isEqualTo("completed");
    assertThat(cluster.violations(cluster.client(0), batch)).isEmpty();
    cluster.replace(2);
  }
}
