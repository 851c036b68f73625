package io.headgate.node;

import static org.assertj.core.api.Assertions.assertThat;

import io.headgate.artifact.ArtifactStorage;
import io.headgate.artifact.Artifacts;
import io.headgate.db.ClusterClock;
import io.headgate.db.ClusterDatabase;
import io.headgate.db.LoopStatus;
import io.headgate.db.Partitions;
import io.headgate.engine.Engine;
import io.headgate.engine.EngineFixture;
import io.headgate.processor.Attempt;
import io.headgate.processor.Input;
import io.headgate.processor.Outcome;
import io.headgate.processor.Processor;
import io.headgate.processor.Processors;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import java.util.UUID;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What a stop of a whole node, with its own threads, does with what it runs. */
class NodeStopTest {

  private final EngineFixture fixture = new EngineFixture();
  private final ClusterClock clock = ClusterClock.of(fixture.database);
  private final Engine engine =
      new Engine(fixture.database, clock, EngineFixture.LEASE, new Random(7));
  private final ClusterDatabase cluster =
      new ClusterDatabase(fixture.database, Partitions.DEFAULT_INTERVAL);
  private final CountDownLatch began = new CountDownLatch(2);
  private final CountDownLatch released = new CountDownLatch(1);

  private final class BlockingProcessor implements Processor {

    @Override
    public String name() {
      return "noop";
    }

    @Override
    public Outcome run(Input input, Attempt attempt) throws InterruptedException {
      began.countDown();
      released.await();
      return new Outcome.Succeeded(input.input());
    }
  }

  @AfterEach
  void close() {
    released.countDown();
    cluster.close();
    fixture.close();
  }

  private Node start(Duration drain) throws IOException {
    // The node makes partitions of its own.
    fixture.database.useTransaction(tx -> tx.update("drop table item_all, result_all").execute());
    Path folder = Files.createTempDirectory(Path.of("target"), "node");
    Artifacts artifacts =
        new Artifacts(
            fixture.database,
            clock,
            new ArtifactStorage.Folder(folder.resolve("artifacts")),
            new Artifacts.ArtifactLimits(1_000, 1));
    return Node.start(
        cluster,
        engine,
        artifacts,
        new Processors(List.of(new BlockingProcessor())),
        new Node.NodeOptions(
            "node", 2, EngineFixture.LEASE, folder.resolve("scratch"), drain, (part, cause) -> {}));
  }

  private UUID running() throws InterruptedException {
    UUID batch = fixture.submit(2);
    began.await();
    return batch;
  }

  private long count(String sql, UUID batch) {
    return fixture.database.read(tx -> tx.query(sql).bind("batch", batch).mapTo(Long.class).one());
  }

  private long results(UUID batch) {
    return count("select count(*) from result where batch_id = :batch", batch);
  }

  private long stoppedNodes() {
    return fixture.database.read(tx ->
        tx.query("select count(*) from node where name = 'node' and stopped_at is not null")
            .mapTo(Long.class)
            .one());
  }

  private long claims(UUID batch) {
    return count("select count(*) from claim where batch_id = :batch", batch);
  }

  @Test
  void items_that_end_within_the_drain_time_are_settled() throws Exception {
    Node node = start(Duration.ofMinutes(1));
    UUID batch = running();
    Thread stop = Thread.ofVirtual().start(node::close);
    released.countDown();
    stop.join();
    assertThat(results(batch)).isEqualTo(2);
    assertThat(claims(batch)).isZero();
  }

  @Test
  void items_that_outlast_the_drain_time_are_handed_back_and_their_attempt_does_not_count()
      throws Exception {
    Node node = start(Duration.ZERO);
    UUID batch = running();
    node.close();
    assertThat(results(batch)).isZero();
    assertThat(claims(batch)).isZero();
    assertThat(
            count("select count(*) from deferred where batch_id = :batch and attempt = 1", batch))
        .isEqualTo(2);
    assertThat(stoppedNodes()).isEqualTo(1);
  }

  @Test
  void a_failed_node_leaves_its_claims_for_others_to_rescue() throws Exception {
    Node node = start(Duration.ofMinutes(1));
    UUID batch = running();
    node.health().fail("a test", null);
    node.close();
    assertThat(claims(batch)).isPositive();
    assertThat(stoppedNodes()).isZero();
  }

  @Test
  void every_loop_of_a_node_is_listed_by_its_health() throws Exception {
    try (Node node = start(Duration.ZERO)) {
      assertThat(node.health().loops())
          .extracting(LoopStatus::name)
          .containsExactly(
              "headgate-exchange",
              "headgate-start",
              "headgate-watch",
              "headgate-maintenance",
              "headgate-beat",
              "headgate-heap");
      assertThat(node.id()).isPositive();
    }
  }
}
