package io.headgate.node;

import static org.assertj.core.api.Assertions.assertThat;

import io.headgate.engine.EngineFixture;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class HeartbeatTest {

  private final NodeFixture node = new NodeFixture(1);

  @AfterEach
  void close() {
    node.close();
  }

  private Instant lastSeen() {
    return node.engine.database.read(tx ->
        tx.query("select last_seen_at from node where id = :id")
            .bind("id", node.membership.node())
            .mapTo(Instant.class)
            .one());
  }

  @Test
  void a_beat_is_written_with_the_time_of_the_cluster() {
    node.engine.advance(Duration.ofSeconds(3));
    node.heartbeat.runOnce();
    assertThat(lastSeen()).isEqualTo(node.engine.now());
  }

  @Test
  void a_failed_node_beats_no_more_and_is_rescued_within_the_lease() {
    var batch = node.engine.submit(1);
    node.exchange();
    assertThat(node.claimed(batch)).isEqualTo(1);
    node.health.fail("headgate-exchange", new StackOverflowError());
    assertThat(node.failures).containsExactly("headgate-exchange");
    Instant before = lastSeen();

    node.engine.advance(EngineFixture.LEASE.plusMillis(1));
    node.heartbeat.runOnce();

    assertThat(lastSeen()).isEqualTo(before);
    assertThat(node.engine.engine.rescueLost()).isEqualTo(1);
    assertThat(node.claimed(batch)).isZero();
  }

  @Test
  void a_node_fails_only_once() {
    node.health.fail("headgate-watch", new StackOverflowError());
    node.health.fail("heap", null);
    assertThat(node.failures).containsExactly("headgate-watch");
    assertThat(node.health.failedPart()).contains("headgate-watch");
  }
}
