package io.headgate.faults;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.headgate.Await;
import io.headgate.LiveServer;
import io.headgate.faults.AttemptLog.AttemptEventType;
import io.headgate.http.TestClient;
import io.headgate.http.TestClient.HttpReply;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A disk of PostgreSQL is completely full. Without space for tables, PostgreSQL keeps running and
 * refuses writes; without space for its write-ahead log, it panics and cannot start.
 */
@Tag("process")
class FullDiskTest {

  private static final Duration TIMEOUT = Duration.ofSeconds(60);
  private static final int MEGABYTES = 120;
  private static final int LARGE = 100;

  @TempDir Path folder;
  private Optional<SmallDisk> disk = Optional.empty();
  private Optional<Cluster> started = Optional.empty();

  @BeforeEach
  void mount() {
    disk = SmallDisk.mount(folder.resolve("disk"), MEGABYTES);
    // A build that can mount sets this property, so that the test cannot be skipped there.
    assertThat(disk.isPresent() || !Boolean.getBoolean("headgate.can-mount")).isTrue();
    assumeTrue(disk.isPresent(), "only root can mount a file system");
  }

  @AfterEach
  void close() {
    started.ifPresent(Cluster::close);
    disk.ifPresent(SmallDisk::close);
  }

  private Cluster startOn(Path tables, Path log) {
    Cluster cluster = Cluster.startOn(folder, ExternalPostgres.start(tables, log), 1, Map.of());
    started = Optional.of(cluster);
    return cluster;
  }

  private static int rows(Cluster cluster, String table) {
    return cluster.database.read(
        tx -> tx.query("select count(*) from " + table).mapTo(Integer.class).one());
  }

  private static String running(Cluster cluster, int items) {
    String batch = cluster.submit(cluster.client(0), items, "{\"millis\":60}");
    Await.until(
        "some have run",
        TIMEOUT,
        () -> cluster.history.items(batch, AttemptEventType.FINISHED) > 10);
    return batch;
  }

  private static HttpReply cancel(TestClient client, String batch) {
    return client.post("/v1/batches/" + batch + "/cancel", null);
  }

  /** Submits ten megabytes of incompressible data as one batch that finishes at once. */
  private static HttpReply submitTenMegabytes(TestClient client, String idempotencyKey) {
    byte[] noise = new byte[50_000];
    new Random(idempotencyKey.hashCode()).nextBytes(noise);
    String text = HexFormat.of().formatHex(noise);
    StringBuilder items = new StringBuilder();
    for (int i = 0; i < LARGE; i++) {
      items.append(i == 0 ? "" : ",").append("{\"input\":{\"text\":\"%s\"}}".formatted(text));
    }
    return client.post(
        "/v1/batches",
        "{\"processor\":\"chronicle\",\"items\":[%s]}".formatted(items),
        "Idempotency-Key",
        idempotencyKey);
  }

  /** A receipt that was returned while the disk was full is the one that is returned later. */
  private static void assertCancelled(Cluster cluster, String batch, HttpReply earlier) {
    TestClient client = cluster.client(0);
    assertThat(earlier.status()).as(earlier.text()).isIn(200, 503);
    HttpReply receipt = cancel(client, batch);
    assertThat(receipt.status()).isEqualTo(200);
    if (earlier.status() == 200) {
      assertThat(receipt.text()).isEqualTo(earlier.text());
    }
    assertThat(assertEnded(cluster, batch)).isEqualTo("cancelled");
  }

  @Test
  void without_space_for_tables_nothing_is_stored_partially_and_work_resumes_when_space_is_freed() {
    SmallDisk small = disk.orElseThrow();
    Cluster cluster = startOn(small.folder, folder.resolve("wal"));
    TestClient client = cluster.client(0);
    String running = running(cluster, 3_000);
    small.fill();
    assertRefusedAndNothingStored(cluster, client);
    HttpReply cancel = cancel(client, running);
    small.free();
    assertCancelled(cluster, running, cancel);
    assertThat(submitTenMegabytes(client, "with-space").status()).isEqualTo(202);
    assertThat(LiveServer.violations(cluster.database)).isEmpty();
  }

  private static void assertRefusedAndNothingStored(Cluster cluster, TestClient client) {
    int items = rows(cluster, "item");
    HttpReply refused = submitTenMegabytes(client, "without-space");
    assertThat(refused.status()).as(refused.text()).isEqualTo(503);
    assertThat(refused.code()).isEqualTo("unavailable");
    assertThat(refused.json().path("detail").asString()).contains("disk of the database is full");
    assertThat(rows(cluster, "batch")).isEqualTo(1);
    assertThat(rows(cluster, "item")).isEqualTo(items);
    assertThat(client.get("/v1/batches").status()).isEqualTo(200);
  }

  @Test
  void without_space_for_its_log_postgresql_stops_and_work_resumes_when_it_starts_again() {
    SmallDisk small = disk.orElseThrow();
    Cluster cluster = startOn(folder.resolve("postgresql"), small.folder.resolve("wal"));
    TestClient client = cluster.client(0);
    List<String> running = Stream.generate(() -> running(cluster, 200)).limit(6).toList();
    small.fill();
    List<SentCancel> sent = sendUntilPostgresqlStops(cluster, running);
    assertThat(client.get("/v1/batches").code()).isEqualTo("unavailable");
    assertThat(client.get("/readyz").status()).isEqualTo(503);
    assertThat(client.get("/healthz").status()).isEqualTo(200);
    small.free();
    cluster.postgres.start();
    Await.until("the node is ready", TIMEOUT, () -> client.get("/readyz").status() == 200);
    sent.forEach(each -> assertCancelled(cluster, each.batch(), each.reply()));
    running.forEach(batch -> assertCancelled(cluster, batch, cancel(client, batch)));
    assertEachStoredOnce(cluster, sent.size());
    assertThat(LiveServer.violations(cluster.database)).isEmpty();
  }

  /** A cancel request and its response. */
  private record SentCancel(String batch, HttpReply reply) {}

  /** Submits large batches and cancels small ones concurrently until PostgreSQL stops. */
  private static List<SentCancel> sendUntilPostgresqlStops(Cluster cluster, List<String> running) {
    TestClient client = cluster.client(0);
    List<SentCancel> sent = new ArrayList<>();
    Await.until(
        "PostgreSQL has stopped",
        TIMEOUT,
        () -> {
          String batch = running.get(sent.size() % running.size());
          String key = key(sent.size());
          CompletableFuture<HttpReply> submit =
              CompletableFuture.supplyAsync(() -> submitTenMegabytes(client, key));
          sent.add(new SentCancel(batch, cancel(client, batch)));
          HttpReply submitted = submit.join();
          assertThat(submitted.status()).as(submitted.text()).isIn(202, 503);
          return !cluster.postgres.isRunning();
        });
    return sent;
  }

  private static String key(int submit) {
    return "submit-" + submit;
  }

  private static String assertEnded(Cluster cluster, String batch) {
    String state = cluster.awaitFinished(cluster.client(0), batch);
    assertThat(cluster.violations(cluster.client(0), batch)).isEmpty();
    return state;
  }

  /** A repeated submit returns its batch, and there are no other batches or items. */
  private static void assertEachStoredOnce(Cluster cluster, int submits) {
    for (int submit = 0; submit < submits; submit++) {
      HttpReply again = submitTenMegabytes(cluster.client(0), key(submit));
      assertThat(again.status()).as(again.text()).isEqualTo(202);
      assertThat(assertEnded(cluster, again.json().path("id").asString())).isEqualTo("completed");
    }
    assertThat(rows(cluster, "batch")).isEqualTo(6 + submits);
    assertThat(rows(cluster, "item")).isEqualTo(6 * 200 + LARGE * submits);
  }
}
