package io.headgate.faults;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.headgate.LiveServer;
import io.headgate.faults.AttemptLog.AttemptEvent;
import io.headgate.faults.AttemptLog.AttemptEventType;
import io.headgate.http.TestClient;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Nodes whose clocks are an hour fast or slow, with libfaketime. Two other tests cover machines
 * without it: one checks that the server reads the clock of the database only, and ClockJumpTest
 * checks a jump of that clock.
 */
@Tag("process")
class WrongClockTest {

  private static final Path LIBRARIES = Path.of("/usr/lib");

  @TempDir Path folder;

  /** The library in the location of Debian. */
  private static Optional<Path> library() {
    if (!Files.isDirectory(LIBRARIES)) {
      return Optional.empty();
    }
    try (Stream<Path> machines = Files.list(LIBRARIES)) {
      return machines
          .map(machine -> machine.resolve("faketime/libfaketimeMT.so.1"))
          .filter(Files::exists)
          .findFirst();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /**
   * Only the wall clock is wrong; the monotonic clock stays unchanged. Without the last variable,
   * libfaketime shifts deadlines of the monotonic clock too: timed waits of the JVM return at once,
   * and it uses all processor time.
   */
  private static Map<String, String> withOffset(Path library, String offset) {
    return Map.of(
        "LD_PRELOAD",
        library.toString(),
        "FAKETIME",
        offset,
        "FAKETIME_DONT_FAKE_MONOTONIC",
        "1",
        "FAKETIME_FORCE_MONOTONIC_FIX",
        "0");
  }

  @Test
  void nodes_with_wrong_clocks_live_work_and_stop_as_others_do() {
    Optional<Path> library = library();
    assumeTrue(library.isPresent(), "libfaketime is not installed");
    try (Cluster cluster = Cluster.start(folder, 1, Map.of())) {
      cluster.add(withOffset(library.orElseThrow(), "+1h"));
      cluster.add(withOffset(library.orElseThrow(), "-1h"));
      TestClient client = cluster.client(1);
      String batch = cluster.submit(client, 200, "{\"millis\":100}");
      assertThat(cluster.awaitFinished(client, batch)).isEqualTo("completed");
      assertThat(cluster.violations(client, batch)).isEmpty();
      assertThat(clocks(cluster, batch)).as("different clocks ran items").isEqualTo(3);
      assertCancelIsDatedByTheDatabase(cluster);
      assertThat(cluster.deadNodes()).isZero();
      assertThat(LiveServer.violations(cluster.database)).isEmpty();
    }
  }

  private static long clocks(Cluster cluster, String batch) {
    return cluster.history.ofBatch(batch).stream()
        .filter(event -> event.isType(AttemptEventType.STARTED))
        .mapToLong(AttemptEvent::atMillis)
        .map(at -> Math.round((at - System.currentTimeMillis()) / 3_600_000.0))
        .distinct()
        .count();
  }

  private static void assertCancelIsDatedByTheDatabase(Cluster cluster) {
    TestClient early = cluster.client(2);
    String batch = cluster.submit(early, 2_000, "{\"millis\":100}");
    String receipt =
        early.post("/v1/batches/" + batch + "/cancel", "{\"mode\":\"interrupt\"}").text();
    assertThat(cluster.awaitFinished(early, batch)).isEqualTo("cancelled");
    String at =
        ReportedBatch.of(early, cluster.database, batch)
            .receiptJson()
            .orElseThrow()
            .path("cancelled_at")
            .asString();
    assertThat(receipt).contains(at);
    assertThat(Duration.between(Instant.parse(at), Instant.now()).abs())
        .isLessThan(Duration.ofMinutes(2));
  }
}
