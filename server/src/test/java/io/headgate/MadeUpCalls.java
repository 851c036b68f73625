package io.headgate;

import static org.assertj.core.api.Assertions.assertThat;

import io.headgate.api.Description;
import io.headgate.http.TestClient;
import io.headgate.http.TestClient.Reply;
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
public final class MadeUpCalls {

  private static final long SEED = Long.getLong("headgate.seed", System.nanoTime());

  private final TestClient client;
  private final Description description;
  private final MadeRequests requests;
  private final Consumer<Reply> refusal;

  /**
   * @param client checks every response against the description
   * @param ids existing ids, by prefix of the path they belong to
   * @param refusal is called with every response of 400 and above
   */
  public MadeUpCalls(
      TestClient client,
      Description description,
      Map<String, List<String>> ids,
      Consumer<Reply> refusal) {
    this.client = client;
    this.description = description;
    this.requests = new MadeRequests(description, ids, new Random(SEED));
    this.refusal = refusal;
  }

  /** Calls the operations in turn for the given time, each at least five times. */
  public void play(int usualSeconds) {
    Duration lasts = Duration.ofSeconds(Integer.getInteger("headgate.fuzz-seconds", usualSeconds));
    List<String> operations = List.copyOf(description.operations());
    long end = System.nanoTime() + lasts.toNanos();
    int asked = 0;
    int least = 5 * operations.size();
    while (System.nanoTime() < end || asked < least) {
      call(requests.make(operations.get(asked++ % operations.size())));
    }
  }

  private void call(MadeRequests.Made made) {
    String body = made.body();
    HttpRequest.BodyPublisher sent =
        body == null
            ? HttpRequest.BodyPublishers.noBody()
            : HttpRequest.BodyPublishers.ofString(body);
    try {
      Reply reply =
          client.send(client.request(made.path(), headers(made)).method(made.method(), sent));
      assertThat(reply.status()).as(reply.text()).isLessThan(500);
      // A path with an encoded slash after two dots may leave the API.
      if (reply.status() >= 400 && !made.path().contains("..%2F")) {
        refusal.accept(reply);
      }
    } catch (AssertionError | RuntimeException e) {
      throw new AssertionError(
          "-Dheadgate.seed=" + SEED + "\n" + made.asCurl() + "\n" + e.getMessage(), e);
    }
  }

  private static String[] headers(MadeRequests.Made made) {
    return made.headers().entrySet().stream()
        .flatMap(header -> Stream.of(header.getKey(), header.getValue()))
        .toArray(String[]::new);
  }
}
