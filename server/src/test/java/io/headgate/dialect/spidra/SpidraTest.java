package io.headgate.dialect.spidra;

import static org.assertj.core.api.Assertions.assertThat;

import io.headgate.LiveServer;
import io.headgate.http.TestClient;
import io.headgate.http.TestClient.Reply;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class SpidraTest {

  private static LiveServer server;
  private static TestClient client;

  @BeforeAll
  static void start() {
    server = new LiveServer();
    client = new TestClient(server.port(), server.key());
  }

  @AfterAll
  static void stop() {
    server.close();
  }

  private static String submit() {
    Reply reply =
        client.post(
            "/api/batch/scrape", "{\"urls\":[\"http://a.invalid/\",\"http://b.invalid/\"]}");
    assertThat(reply.status()).as(reply.text()).isEqualTo(202);
    return reply.json().path("batchId").asString();
  }

  @Test
  void a_second_cancel_finds_the_batch_already_cancelled() {
    String path = "/api/batch/scrape/" + submit();
    assertThat(client.delete(path).json().path("status").asString()).isEqualTo("cancelled");
    Reply second = client.delete(path);
    assertThat(second.status()).isEqualTo(409);
    assertThat(second.text())
        .isEqualTo(
            "{\"status\":\"error\",\"message\":\"Cannot cancel a batch that is already"
                + " cancelled.\",\"error\":\"Cannot cancel a batch that is already"
                + " cancelled.\",\"code\":\"ALREADY_TERMINAL\"}");
  }

  @Test
  void a_batch_of_the_native_api_is_none_of_the_dialect() {
    String id = server.submit("worker", 1, "");
    assertThat(client.get("/api/batch/scrape/" + id).text())
        .isEqualTo(client.get("/api/batch/scrape/nonsense").text());
  }
}
