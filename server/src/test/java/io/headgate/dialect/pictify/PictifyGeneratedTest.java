package io.headgate.dialect.pictify;

import static org.assertj.core.api.Assertions.assertThat;

import io.headgate.GeneratedCalls;
import io.headgate.LiveServer;
import io.headgate.api.Description;
import io.headgate.config.ConfigKey;
import io.headgate.http.TestClient;
import io.headgate.http.TestClient.HttpReply;
import io.headgate.processor.Attempt;
import io.headgate.processor.Input;
import io.headgate.processor.Outcome;
import io.headgate.processor.Processor;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Generated requests get Pictify's errors, and no 5xx. */
class PictifyGeneratedTest {

  @Test
  void every_generated_request_gets_a_described_response() {
    Description description = Description.ofDialect("pictify", "/");
    try (LiveServer server =
        new LiveServer(Map.of(ConfigKey.ALLOW_PRIVATE_TARGETS, "true"), new FailingRenderer())) {
      TestClient client = new TestClient(server.port(), server.key(), description::check);
      new GeneratedCalls(client, description, ids(client), this::isPictifyError).run(10);
      assertThat(LiveServer.violations(server.database)).isEmpty();
    }
  }

  private void isPictifyError(HttpReply refusal) {
    assertThat(refusal.json().path("message").asString())
        .isNotEmpty()
        .isEqualTo(refusal.json().path("detail").asString());
  }

  private static Map<String, List<String>> ids(TestClient client) {
    String template =
        client.post("/templates", "{\"html\":\"{{name}}\"}").json().at("/template/uid").asString();
    String batch =
        client
            .post("/templates/" + template + "/batch-render", "{\"variableSets\":[{}]}")
            .json()
            .path("batchId")
            .asString();
    String subscription =
        client
            .post(
                "/webhook-subscriptions",
                "{\"event\":\"batch.completed\",\"targetUrl\":\"http://127.0.0.1:9/\"}")
            .json()
            .at("/subscription/uid")
            .asString();
    return Map.of(
        "/templates/batch/", List.of(batch),
        "/templates/{uid}", List.of(template),
        "/webhook-subscriptions/", List.of(subscription));
  }

  /** Takes the place of the renderer: this test does not check images. */
  private static final class FailingRenderer implements Processor {

    @Override
    public String name() {
      return "render";
    }

    @Override
    public Outcome run(Input input, Attempt attempt) {
      return Outcome.Failed.permanent("not-drawn", "this processor renders nothing");
    }
  }
}
