package io.headgate;

import static org.assertj.core.api.Assertions.assertThat;

import io.headgate.api.OpenApi;
import io.headgate.http.TestClient;
import io.headgate.http.TestClient.Reply;
import java.net.http.HttpRequest;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;

/**
 * Requests made up from the description of the API, right ones and wrong ones: whatever comes, the
 * server answers with a status that the description knows, words a refusal as a problem, and never
 * fails. {@code -Dheadgate.seed=} repeats a run, {@code -Dheadgate.fuzz-seconds=} makes it longer.
 */
class GeneratedRequestsTest {

  private static final long SEED = Long.getLong("headgate.seed", System.nanoTime());
  private static final Duration LASTS =
      Duration.ofSeconds(Integer.getInteger("headgate.fuzz-seconds", 20));

  private final Random random = new Random(SEED);

  @Test
  void whatever_comes_gets_an_answer_that_is_described() {
    List<String> operations = List.copyOf(OpenApi.operations());
    try (LiveServer server = new LiveServer()) {
      MadeRequests made = new MadeRequests(OpenApi.NATIVE, ids(server), random);
      long end = System.nanoTime() + LASTS.toNanos();
      int asked = 0;
      // Every operation in turn, so that none is left to luck.
      while (System.nanoTime() < end) {
        check(server.client, made.make(operations.get(asked++ % operations.size())));
      }
      assertThat(asked).isGreaterThan(5 * operations.size());
      assertThat(LiveServer.violations(server.database)).isEmpty();
    }
  }

  /** Ids that are there, by the start of the path they belong to. Batches have ended. */
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

  private static void check(TestClient client, MadeRequests.Made made) {
    HttpRequest.Builder request =
        client.request(
            made.path(),
            made.headers().entrySet().stream()
                .flatMap(header -> List.of(header.getKey(), header.getValue()).stream())
                .toArray(String[]::new));
    String body = made.body();
    String repeat = "-Dheadgate.seed=" + SEED + "\n" + made.asCurl();
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
        assertThat(reply.header("Content-Type")).isEqualTo("application/problem+json");
      }
    } catch (AssertionError | RuntimeException e) {
      throw new AssertionError(repeat + "\n" + e.getMessage(), e);
    }
  }
}
