package io.headgate;

import static org.assertj.core.api.Assertions.assertThat;

import io.headgate.api.OpenApi;
import io.headgate.http.TestClient.HttpReply;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * Valid and invalid requests generated from the OpenAPI description. The server responds to each
 * with a status of the description, responds to invalid ones with a problem, and never with 5xx.
 */
@Tag("slow")
class GeneratedRequestsTest {

  @Test
  void every_request_gets_a_described_response() {
    try (LiveServer server = new LiveServer()) {
      new GeneratedCalls(server.client, OpenApi.NATIVE, ids(server), this::isProblem).run(20);
      assertThat(LiveServer.violations(server.database)).isEmpty();
    }
  }

  private void isProblem(HttpReply refusal) {
    assertThat(refusal.header("Content-Type")).isEqualTo("application/problem+json");
  }

  /** Existing ids, by prefix of the path they belong to. The batches have finished. */
  private static Map<String, List<String>> ids(LiveServer server) {
    List<String> batches = new ArrayList<>();
    for (int i = 0; i < 3; i++) {
      String batch = server.submit("worker", 3, "");
      server.client.post("/v1/batches/" + batch + "/cancel", null);
      batches.add(batch);
    }
    String operation =
        server
            .client
            .post("/v1/batches/cancel", "{\"filter\":{\"name\":\"x\"}}")
            .json()
            .path("operation_id")
            .asString();
    String account =
        server.client.post("/v1/accounts", "{\"name\":\"other\"}").json().path("id").asString();
    String key = server.client.post("/v1/keys", "{\"name\":\"x\"}").json().path("id").asString();
    return Map.of(
        "/v1/batches/", batches,
        "/v1/operations/", List.of(operation),
        "/v1/accounts/", List.of(account),
        "/v1/keys/", List.of(key));
  }
}
