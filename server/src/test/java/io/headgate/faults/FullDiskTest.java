package io.headgate.faults;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.headgate.Await;
import io.headgate.LiveServer;
import io.headgate.faults.History.What;
import io.headgate.http.TestClient;
import io.headgate.http.TestClient.Reply;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The disk of PostgreSQL's tables is full, to the last byte. Its write-ahead log is on another: a
 * PostgreSQL that cannot write that one stops, which {@link PostgresFaultsTest} is about.
 */
class FullDiskTest {

  private static final Duration LONG = Duration.ofSeconds(60);
  private static final int MEGABYTES = 120;

  @TempDir Path folder;
  private Optional<SmallDisk> disk = Optional.empty();
  private Optional<Cluster> started = Optional.empty();

  @BeforeEach
  void start() {
    disk = SmallDisk.mount(folder.resolve("disk"), MEGABYTES);
    // The build that can mount says so, and then this test must not be left out.
    assertThat(disk.isPresent() || !Boolean.getBoolean("headgate.can-mount")).isTrue();
    assumeTrue(disk.isPresent(), "only root can mount a disk of its own");
    started = disk.map(small -> Cluster.startOn(folder, small.folder, 1, Map.of()));
  }

  @AfterEach
  void close() {
    started.ifPresent(Cluster::close);
    disk.ifPresent(SmallDisk::close);
  }

  private static int rows(Cluster cluster, String what) {
    return cluster.database.read(
        tx -> tx.query("select count(*) from " + what).mapTo(Integer.class).one());
  }

  private static Reply submitTenMegabytes(TestClient client) {
    String item = "{\"input\":{\"text\":\"%s\"}}".formatted("x".repeat(100_000));
    return client.post(
        "/v1/batches",
        "{\"processor\":\"chronicle\",\"items\":[%s]}".formatted((item + ",").repeat(99) + item));
  }

  @Test
  void nothing_is_half_stored_and_all_goes_on_when_there_is_room_again() {
    Cluster cluster = started.orElseThrow();
    SmallDisk small = disk.orElseThrow();
    TestClient client = cluster.client(0);
    String running = cluster.submit(client, 3_000, "{\"millis\":20}");
    Await.until("some have run", LONG, () -> cluster.history.items(running, What.FINISHED) > 50);
    small.fill();
    assertRefusedAndNothingStored(cluster, client);
    Reply cancel = client.post("/v1/batches/" + running + "/cancel", null);
    assertThat(cancel.status()).as(cancel.text()).isIn(200, 503);
    small.free();
    Reply receipt = client.post("/v1/batches/" + running + "/cancel", null);
    assertThat(receipt.status()).isEqualTo(200);
    if (cancel.status() == 200) {
      assertThat(receipt.text()).isEqualTo(cancel.text());
    }
    assertThat(cluster.end(client, running)).isEqualTo("cancelled");
    assertThat(cluster.violations(client, running)).isEmpty();
    assertThat(submitTenMegabytes(client).status()).isEqualTo(202);
    assertThat(LiveServer.violations(cluster.database)).isEmpty();
  }

  private static void assertRefusedAndNothingStored(Cluster cluster, TestClient client) {
    int items = rows(cluster, "item");
    Reply refused = submitTenMegabytes(client);
    assertThat(refused.status()).as(refused.text()).isEqualTo(503);
    assertThat(refused.code()).isEqualTo("unavailable");
    assertThat(refused.json().path("detail").asString()).contains("no room");
    assertThat(rows(cluster, "batch")).isEqualTo(1);
    assertThat(rows(cluster, "item")).isEqualTo(items);
    assertThat(client.get("/v1/batches").status()).isEqualTo(200);
  }
}
