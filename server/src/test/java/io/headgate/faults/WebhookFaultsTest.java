package io.headgate.faults;

import static org.assertj.core.api.Assertions.assertThat;

import io.headgate.Await;
import io.headgate.LiveServer;
import io.headgate.http.TestClient;
import io.headgate.webhook.Receiver;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Deliveries of two nodes, one of which is killed repeatedly. */
@Tag("process")
class WebhookFaultsTest {

  private static final Duration TIMEOUT = Duration.ofMinutes(2);
  private static final int BATCHES = 12;
  private static final Set<String> TERMINAL = Set.of("batch.completed", "batch.settled");

  @TempDir Path folder;

  @Test
  void each_batch_has_exactly_one_terminal_event_also_when_a_server_is_killed() {
    Map<String, String> environment =
        Map.of("HEADGATE_LEASE_SECONDS", "2", "HEADGATE_ALLOW_PRIVATE_TARGETS", "true");
    try (Receiver receiver = new Receiver();
        Cluster cluster = Cluster.start(folder, 2, environment)) {
      TestClient survivor = cluster.client(0);
      assertThat(
              survivor
                  .post("/v1/webhooks", "{\"url\":\"%s\"}".formatted(receiver.url("/hook")))
                  .status())
          .isEqualTo(201);
      List<String> batches = new ArrayList<>();
      for (int i = 0; i < BATCHES; i++) {
        String batch = cluster.submit(survivor, 20, "{\"millis\":40}");
        batches.add(batch);
        if (i % 3 == 0) {
          survivor.post("/v1/batches/" + batch + "/cancel", "{}");
        }
        if (i % 4 == 3) {
          cluster.nodes.get(1).kill();
          cluster.replace(1);
        }
      }
      batches.forEach(batch -> cluster.awaitFinished(survivor, batch));
      Await.until(
          "every terminal event has arrived",
          TIMEOUT,
          () -> terminal(receiver).keySet().containsAll(batches));

      assertThat(terminal(receiver))
          .allSatisfy((batch, ids) -> assertThat(ids).as(batch).hasSize(1));
      assertThat(LiveServer.violations(cluster.database)).isEmpty();
    }
  }

  /** The ids of terminal events by batch; repeated deliveries have the same id. */
  private static Map<String, Set<String>> terminal(Receiver receiver) {
    return receiver.receivedAt("/hook").stream()
        .filter(received -> TERMINAL.contains(received.type()))
        .collect(
            Collectors.groupingBy(
                received -> received.json().at("/data/batch_id").stringValue(),
                Collectors.mapping(Receiver.ReceivedMessage::id, Collectors.toSet())));
  }
}
