package io.headgate.dialect.spidra;

import static org.assertj.core.api.Assertions.assertThat;

import io.headgate.LiveServer;
import io.headgate.MadeRequests;
import io.headgate.api.Description;
import io.headgate.dialect.CommandedProcessor;
import io.headgate.http.TestClient;
import io.headgate.http.TestClient.Reply;
import java.net.http.HttpRequest;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** A client that sends whatever comes to its mind hears the vendor's errors, and no 5xx. */
class SpidraGeneratedTest {

  private static final long SEED = Long.getLong("headgate.seed", System.nanoTime());
  private static final Duration LASTS =
      Duration.ofSeconds(Integer.getInteger("headgate.fuzz-seconds", 10));

  @Test
  void whatever_comes_gets_an_answer_that_is_described() {
    Description description = Description.ofDialect("spidra", "/api/");
    List<String> operations = List.copyOf(description.operations());
    try (LiveServer server = new LiveServer(new CommandedProcessor("scrape"))) {
      TestClient client = new TestClient(server.port(), server.key(), description::check);
      MadeRequests requests = new MadeRequests(description, ids(client), new Random(SEED));
      long end = System.nanoTime() + LASTS.toNanos();
      int asked = 0;
      while (System.nanoTime() < end) {
        check(client, requests.make(operations.get(asked++ % operations.size())));
      }
      assertThat(asked).isGreaterThan(5 * operations.size());
      assertThat(LiveServer.violations(server.database)).isEmpty();
    }
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

  private static void check(TestClient client, MadeRequests.Made made) {
    HttpRequest.Builder request =
        client.request(
            made.path(),
            made.headers().entrySet().stream()
                .flatMap(header -> List.of(header.getKey(), header.getValue()).stream())
                .toArray(String[]::new));
    String body = made.body();
    try {
      Reply reply =
          client.send(
              request.method(
                  made.method(),
                  body == null
                      ? HttpRequest.BodyPublishers.noBody()
                      : HttpRequest.BodyPublishers.ofString(body)));
      assertThat(reply.status()).as(reply.text()).isLessThan(500);
      if (reply.status() >= 400) {
        assertThat(reply.json().path("error")).isEqualTo(reply.json().path("message"));
      }
    } catch (AssertionError | RuntimeException e) {
      throw new AssertionError(
          "-Dheadgate.seed=" + SEED + "\n" + made.asCurl() + "\n" + e.getMessage(), e);
    }
  }
}
