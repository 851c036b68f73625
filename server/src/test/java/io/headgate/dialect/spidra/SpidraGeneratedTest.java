package io.headgate.dialect.spidra;

import static org.assertj.core.api.Assertions.assertThat;

import io.headgate.GeneratedCalls;
import io.headgate.LiveServer;
import io.headgate.api.Description;
import io.headgate.dialect.CommandedProcessor;
import io.headgate.http.TestClient;
import io.headgate.http.TestClient.HttpReply;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Generated requests get the vendor's errors, and no 5xx. */
class SpidraGeneratedTest {

  @Test
  void every_generated_request_gets_a_described_response() {
    Description description = Description.ofDialect("spidra", "/api/");
    try (LiveServer server = new LiveServer(new CommandedProcessor("scrape"))) {
      TestClient client = new TestClient(server.port(), server.key(), description::check);
      new GeneratedCalls(client, description, ids(client), this::isSpidraError).run(10);
      assertThat(LiveServer.violations(server.database)).isEmpty();
    }
  }

  private void isSpidraError(HttpReply refusal) {
    assertThat(refusal.json().path("error").asString())
        .isNotEmpty()
        .isEqualTo(refusal.json().path("message").asString());
  }

  private static Map<String, List<String>> ids(TestClient client) {
    String batch =
        client
            .post("/api/batch/scrape", "{\"urls\":[\"http://a.invalid/\"]}")
            .json()
            .path("batchId")
            .asString();
    String job =
        client
            .post("/api/scrape", "{\"urls\":[{\"url\":\"http://a.invalid/\"}]}")
            .json()
            .path("jobId")
            .asString();
    return Map.of(
        "/api/batch/scrape/", List.of(batch),
        "/api/scrape/", List.of(job),
        "/api/scrape-logs/", List.of(job));
  }
}
