package io.headgate.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** No answer waits in a socket for an acknowledgement that the client is in no hurry to send. */
class PromptAnswerTest {

  /** What a delayed acknowledgement costs on Linux, where it is shortest. */
  private static final Duration DELAYED = Duration.ofMillis(40);

  private static final int CALLS = 21;
  private static final int ROUNDS = 30;

  private record Hello() implements Operation.Open {
    @Override
    public Route route() {
      return Route.post("/hello");
    }

    @Override
    public Answer answer(Request request) {
      return Answer.json(200, Map.of("hello", "world"));
    }
  }

  /** A busy machine makes a round slow, and the next one is tried; the defect makes all slow. */
  @ParameterizedTest
  @EnumSource(
      value = HttpClient.Version.class,
      names = {"HTTP_1_1", "HTTP_2"})
  void calls_one_after_the_other_do_not_wait_for_acknowledgements(HttpClient.Version version) {
    Gate open =
        (request, operation) -> {
          throw Problem.notFound().asException();
        };
    try (HttpServer server =
            HttpServer.start(
                new HttpServer.Address("127.0.0.1", 0),
                List.of(Door.ofNative(List.of(new Hello()), open)));
        HttpClient client = HttpClient.newBuilder().version(version).build()) {
      URI place = URI.create("http://127.0.0.1:" + server.port() + "/hello");

      assertThat(IntStream.range(0, ROUNDS).mapToLong(round -> median(client, place)))
          .anyMatch(nanos -> nanos < DELAYED.toNanos() / 2);
    }
  }

  private static long median(HttpClient client, URI place) {
    return IntStream.range(0, CALLS)
        .mapToLong(call -> call(client, place))
        .sorted()
        .toArray()[CALLS / 2];
  }

  private static long call(HttpClient client, URI place) {
    long begun = System.nanoTime();
    HttpRequest request =
        HttpRequest.newBuilder(place)
            .header("Content-Type", "application/json")
            .POST(HttpRequest.BodyPublishers.ofString("{}"))
            .build();
    HttpResponse<String> answer =
        client.sendAsync(request, HttpResponse.BodyHandlers.ofString()).join();
    assertThat(answer.statusCode()).isEqualTo(200);
    return System.nanoTime() - begun;
  }
}
