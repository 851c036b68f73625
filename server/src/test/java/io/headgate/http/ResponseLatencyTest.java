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
class ResponseLatencyTest {

  /** The delay of acknowledgements on Linux, which is the shortest of all systems. */
  private static final Duration ACK_DELAY = Duration.ofMillis(40);

  private static final int CALLS = 21;
  private static final int WARM_UP = 100;
  private static final int ROUNDS = 30;

  private record Hello() implements Operation.OpenOperation {
    @Override
    public Route route() {
      return Route.get("/hello");
    }

    @Override
    public ApiResponse handle(Request request) {
      return ApiResponse.json(200, Map.of("hello", "world"));
    }
  }

  /** A busy machine makes some rounds slow; without TCP_NODELAY all rounds are slow. */
  @ParameterizedTest
  @EnumSource(
      value = HttpClient.Version.class,
      names = {"HTTP_1_1", "HTTP_2"})
  void calls_one_after_the_other_do_not_wait_for_acknowledgements(HttpClient.Version version) {
    RequestFilter refusing =
        (request, operation) -> {
          throw Problem.notFound().asException();
        };
    try (HttpServer server =
            HttpServer.start(
                new HttpServer.ListenAddress("127.0.0.1", 0),
                List.of(Api.ofNative(List.of(new Hello()), refusing)));
        HttpClient client = HttpClient.newBuilder().version(version).build()) {
      URI uri = URI.create("http://127.0.0.1:" + server.port() + "/hello");

      // A new connection acknowledges immediately; the delays begin after some requests.
      IntStream.range(0, WARM_UP).forEach(i -> call(client, uri));
      assertThat(IntStream.range(0, ROUNDS).mapToLong(round -> median(client, uri)))
          .anyMatch(nanos -> nanos < ACK_DELAY.toNanos() / 2);
    }
  }

  private static long median(HttpClient client, URI uri) {
    return IntStream.range(0, CALLS)
        .mapToLong(call -> call(client, uri))
        .sorted()
        .toArray()[CALLS / 2];
  }

  private static long call(HttpClient client, URI uri) {
    long startedNanos = System.nanoTime();
    HttpResponse<String> response =
        client
            .sendAsync(HttpRequest.newBuilder(uri).build(), HttpResponse.BodyHandlers.ofString())
            .join();
    assertThat(response.statusCode()).isEqualTo(200);
    assertThat(response.version()).isEqualTo(client.version());
    return System.nanoTime() - startedNanos;
  }
}
