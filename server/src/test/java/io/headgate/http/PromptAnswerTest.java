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

/** Responses are not delayed by a client that delays its TCP acknowledgements. */
class PromptAnswerTest {

  /** The delay of acknowledgements on Linux, which is the shortest of all systems. */
  private static final Duration DELAYED = Duration.ofMillis(40);

  private static final int CALLS = 21;
  private static final int WARM_UP = 100;
  private static final int ROUNDS = 30;

  private record Hello() implements Operation.Open {
    @Override
    public Route route() {
      return Route.get("/hello");
    }

    @Override
    public Answer answer(Request request) {
      return Answer.json(200, Map.of("hello", "world"));
    }
  }

  /** A busy machine makes some rounds slow; without TCP_NODELAY all rounds are slow. */
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

      // A new connection acknowledges immediately; the delays begin after some requests.
      IntStream.range(0, WARM_UP).forEach(i -> call(client, place));
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
    HttpResponse<String> answer =
        client
            .sendAsync(HttpRequest.newBuilder(place).build(), HttpResponse.BodyHandlers.ofString())
            .join();
    assertThat(answer.statusCode()).isEqualTo(200);
    assertThat(answer.version()).isEqualTo(client.version());
    return System.nanoTime() - begun;
  }
}
