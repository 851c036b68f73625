package io.headgate;

import static org.assertj.core.api.Assertions.assertThat;

import io.headgate.batch.Violation;
import io.headgate.http.TestClient;
import io.headgate.processor.Attempt;
import io.headgate.processor.Input;
import io.headgate.processor.Outcome;
import io.headgate.processor.Processor;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;

/** The progress of a running item, read from a node that does not run it. */
class ProgressAcrossNodesTest {

  private static final Duration TIMEOUT = Duration.ofSeconds(15);

  @Test
  void every_node_shows_the_progress_of_a_running_item() {
    ReportingProcessor processor = new ReportingProcessor();
    try (LiveServer live = new LiveServer(processor)) {
      TestClient other = live.startAnother();
      String path = "/v1/batches/" + live.submit("talker", 1, "") + "/items/0";

      processor.messages.add("half of it");
      Await.until(
          "the progress is shown", TIMEOUT, () -> progress(other, path).contains("half of it"));
      assertThat(progress(other, path)).isEqualTo(progress(live.client, path));
      processor.messages.add("nearly all");
      Await.until(
          "the new progress is shown", TIMEOUT, () -> progress(other, path).contains("nearly all"));

      processor.messages.add("");
      Await.until("the item is settled", TIMEOUT, () -> progress(other, path).equals("null"));
      Await.until("the progress rows are deleted", TIMEOUT, () -> progressRows(live) == 0);
    }
  }

  private static String progress(TestClient client, String path) {
    return client.get(path).json().path("progress").toString();
  }

  private static int progressRows(LiveServer live) {
    return live.database.read(
        tx -> tx.query("select count(*) from item_progress").mapTo(Integer.class).one());
  }

  /** Reports each message of a queue as progress; an empty message ends the item. */
  private static final class ReportingProcessor implements Processor {

    private final BlockingQueue<String> messages = new LinkedBlockingQueue<>();

    @Override
    public String name() {
      return "talker";
    }

    @Override
    public long creditsPerItem() {
      return 1;
    }

    @Override
    public List<String> missingRequirements() {
      return List.of();
    }

    @Override
    public JsonNode optionsSchema() {
      return JsonNodeFactory.instance.objectNode();
    }

    @Override
    public JsonNode inputSchema() {
      return JsonNodeFactory.instance.objectNode();
    }

    @Override
    public List<Violation> checkOptions(JsonNode options) {
      return List.of();
    }

    @Override
    public List<Violation> checkInput(JsonNode input, JsonNode options) {
      return List.of();
    }

    @Override
    public Outcome run(Input input, Attempt attempt) throws InterruptedException {
      for (String message = messages.take(); !message.isEmpty(); message = messages.take()) {
        attempt.reportProgress(0.5, message);
      }
      return new Outcome.Succeeded(JsonNodeFactory.instance.objectNode());
    }
  }
}
