package io.headgate.faults;

import static org.assertj.core.api.Assertions.assertThat;

import io.headgate.LiveServer;
import java.nio.file.Path;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Rounds of random load and random kills on three nodes. Every build runs a few; {@code mvn verify
 * -Pchaos} runs a hundred, and {@code -Dheadgate.chaos.rounds=N} any number. {@code
 * -Dheadgate.chaos.seed=S} repeats a run.
 */
@Tag("process")
class ChaosTest {

  private static final int ROUNDS = Integer.getInteger("headgate.chaos.rounds", 2);
  private static final long SEED =
      Long.getLong("headgate.chaos.seed", new Random().nextInt(1_000_000));

  @TempDir static Path folder;
  private static Cluster cluster;

  @BeforeAll
  static void start() {
    cluster = Cluster.start(folder, 3, Map.of("HEADGATE_DRAIN_SECONDS", "0"));
  }

  @AfterAll
  static void close() {
    cluster.close();
  }

  @Test
  void history_and_responses_agree_whatever_is_killed() {
    System.out.printf("chaos: seed %d, %d rounds%n", SEED, ROUNDS);
    Random random = new Random(SEED);
    for (int round = 1; round <= ROUNDS; round++) {
      ChaosRound finished = new ChaosRound(cluster, new Random(random.nextLong()));
      assertThat(finished.violations())
          .as("seed %d, round %d, %s", SEED, round, finished.fault())
          .isEmpty();
      System.out.printf("chaos: round %d, %s, %s%n", round, finished.fault(), finished.summary());
    }
    assertThat(LiveServer.violations(cluster.database)).as("audit, seed %d", SEED).isEmpty();
  }
}
