package io.headgate.faults;

import static org.assertj.core.api.Assertions.assertThat;

import io.headgate.LiveServer;
import io.headgate.db.ClusterClock;
import io.headgate.db.Partitions;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Submits, cancels and prunes for {@code -Dheadgate.soak.seconds}: an hour with {@code mvn verify
 * -Psoak}, a few seconds otherwise, which only shows that the test itself works.
 */
@Tag("process")
class SoakTest {

  private static final int SECONDS = Integer.getInteger("headgate.soak.seconds", 12);

  /** Shorter runs are not checked for growth. */
  private static final int MIN_COMPARABLE_SECONDS = 180;

  /** Six to warm up, six as the baseline, six to compare with it. */
  private static final int SAMPLES = SECONDS >= MIN_COMPARABLE_SECONDS ? 18 : 3;

  private static final Duration SPAN = Duration.ofSeconds(30);

  @TempDir Path folder;

  @Test
  void memory_connections_disk_and_latency_stay_flat_under_submits_cancels_and_pruning() {
    try (Cluster cluster = Cluster.start(folder, 0, Map.of())) {
      cluster.database.migrate();
      createPartitions(cluster);
      cluster.add(Map.of());
      List<SoakSample> samples = new ArrayList<>();
      SoakLoad load = new SoakLoad(cluster);
      int dropped = 0;
      for (int i = 0; i < SAMPLES; i++) {
        SoakLoad.Latencies latencies = load.run(Duration.ofSeconds(SECONDS).dividedBy(SAMPLES));
        dropped += prune(cluster);
        samples.add(SoakSample.take(cluster, folder, latencies));
        System.out.printf("soak: %d of %d, %s%n", i + 1, SAMPLES, samples.getLast());
      }
      assertThat(LiveServer.violations(cluster.database)).isEmpty();
      if (SECONDS >= MIN_COMPARABLE_SECONDS) {
        int third = SAMPLES / 3;
        assertThat(dropped).as("spans of time pruned").isPositive();
        assertThat(
                SoakSample.growth(
                    samples.subList(third, 2 * third), samples.subList(2 * third, SAMPLES)))
            .isEmpty();
      }
    }
  }

  /** Creates partitions of short spans, so that some expire during the run. */
  private static void createPartitions(Cluster cluster) {
    Partitions partitions = new Partitions(cluster.database, SPAN);
    Instant now = ClusterClock.of(cluster.database).instant();
    for (int second = 0; second < SECONDS + 120; second += (int) SPAN.toSeconds()) {
      partitions.ensure(now.plusSeconds(second));
    }
  }

  /**
   * Drops partitions as maintenance does, with the clock one day ahead, as a partition is kept for
   * a day after its end. No submit runs at the same time.
   */
  private static int prune(Cluster cluster) {
    Instant tomorrow = ClusterClock.of(cluster.database).instant().plus(Duration.ofDays(1));
    return new Partitions(cluster.database, SPAN).drop(tomorrow);
  }
}
