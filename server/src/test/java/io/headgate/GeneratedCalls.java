package io.headgate;

import static org.assertj.core.api.Assertions.assertThat;

import io.headgate.api.Description;
import io.headgate.http.TestClient;
import io.headgate.http.TestClient.HttpReply;
import java.net.http.HttpRequest;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.function.Consumer;
import java.util.stream.Stream;

/**
 * Calls an API with valid and invalid requests generated from its OpenAPI description. The server
 * must not respond with 5xx. {@code -Dheadgate.seed=} repeats a run, {@code
 * -Dheadgate.fuzz-seconds=} sets its duration.
 */
public final class GeneratedCalls {

  private static final long SEED = Long.getLong("headgate.seed", System.nanoTime());

  private final TestClient client;
  private final Description description;
  private final RequestGenerator requests;
  private final Consumer<HttpReply> refusalCheck;

  /**
   * @param client checks every response against the description
   * @param ids existing ids, by prefix of the path they belong to
   * @param refusalCheck is called with every response of 400 and above
   */
  public GeneratedCalls(
      TestClient client,
      Description description,
      Map<String, List<String>> ids,
      Consumer<HttpReply> refusalCheck) {
    this.client = client;
    this.description = description;
    this.requests = new RequestGenerator(description, ids, new Random(SEED));
    this.refusalCheck = refusalCheck;
  }

  /** Calls the operations in turn for the given time, each at least five times. */
  public void run(int defaultSeconds) {
    Duration duration =
        Duration.ofSeconds(Integer.getInteger("headgate.fuzz-seconds", defaultSeconds));
    List<String> operations = List.copyOf(description.operations());
    long end = System.nanoTime() + duration.toNanos();
    int count = 0;
    int minCalls = 5 * operations.size();
    while (System.nanoTime() < end || count < minCalls) {
      call(requests.generate(operations.get(count++ % operations.size())));
    }
  }

  private void call(RequestGenerator.GeneratedRequest generated) {
    String body = generated.body();
    HttpRequest.BodyPublisher bodyPublisher =
        body == null
            ? HttpRequest.BodyPublishers.noBody()
            : HttpRequest.BodyPublishers.ofString(body);
    try {
      HttpReply reply =
          client.send(
              client
                  .request(generated.path(), headers(generated))
                  .method(generated.method(), bodyPublisher));
      assertThat(reply.status()).as(reply.text()).isLessThan(500);
      // A path with an encoded slash after two dots may leave the API.
      if (reply.status() >= 400 && !generated.path().contains("..%2F")) {
        refusalCheck.accept(reply);
      }
    } catch (AssertionError | RuntimeException e) {
      throw new AssertionError(
          "-Dheadgate.seed=" + SEED + "\n" + generated.asCurl() + "\n" + e.getMessage(), e);
    }
  }

  private static String[] headers(RequestGenerator.GeneratedRequest generated) {
    return generated.headers().entrySet().stream()
        .flatMap(header -> Stream.of(header.getKey(), header.getValue()))
        .toArray(String[]::new);
  }
}
