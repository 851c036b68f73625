package io.headgate.processor.http;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpExchange;
import io.headgate.batch.Ids;
import io.headgate.outbound.Outbound;
import io.headgate.outbound.Site;
import io.headgate.processor.Input;
import io.headgate.processor.Outcome;
import io.headgate.processor.TestAttempt;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Timeout;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Sends requests to a site of its own and keeps what the site received. */
@Timeout(30)
abstract class HttpProcessorCase {

  record ReceivedRequest(
      String method, String uri, Map<String, List<String>> headers, String body) {
    String header(String name) {
      return headers.getOrDefault(name, List.of("")).getFirst();
    }
  }

  static final JsonMapper JSON = JsonMapper.builder().build();
  static final UUID BATCH = Ids.next();

  final BlockingQueue<ReceivedRequest> seen = new LinkedBlockingQueue<>();
  final Site site = new Site().page("/", this::note);
  final Outbound outbound = new Outbound(true, InstantSource.system());
  final HttpProcessor http = new HttpProcessor(outbound, InstantSource.system());

  @AfterEach
  void close() {
    outbound.close();
    site.close();
  }

  private void note(HttpExchange exchange) throws IOException {
    String body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
    seen.add(
        new ReceivedRequest(
            exchange.getRequestMethod(),
            exchange.getRequestURI().toString(),
            Map.copyOf(exchange.getRequestHeaders()),
            body));
    switch (exchange.getRequestURI().getPath()) {
      case "/404" -> Site.answer(exchange, 404, Map.of(), "none");
      case "/500" -> Site.answer(exchange, 500, Map.of("Retry-After", "3"), "t0ps3cret");
      case "/cut" -> exchange.close();
      case "/text" ->
          Site.answer(
              exchange,
              200,
              Map.of("Content-Type", "text/plain; charset=utf-8", "X-Trace", "abc"),
              "hällo");
      case "/png" -> Site.answer(exchange, 200, Map.of("Content-Type", "image/png"), "png");
      case "/notjson" ->
          Site.answer(exchange, 200, Map.of("Content-Type", "application/json"), "{oops");
      default ->
          Site.answer(
              exchange, 200, Map.of("Content-Type", "application/json"), "{\"ok\":true,\"n\":1}");
    }
  }

  JsonNode output(String options, String input) throws Exception {
    Outcome outcome = run(options, input);
    assertThat(outcome).isInstanceOf(Outcome.Succeeded.class);
    return ((Outcome.Succeeded) outcome).output();
  }

  Outcome.Failed failed(String options, String input) throws Exception {
    Outcome outcome = run(options, input);
    assertThat(outcome).isInstanceOf(Outcome.Failed.class);
    return (Outcome.Failed) outcome;
  }

  Outcome run(String options, String input) throws InterruptedException {
    JsonNode read = JSON.readTree(options);
    assertThat(http.checkOptions(read)).isEmpty();
    assertThat(http.checkInput(JSON.readTree(input), read)).isEmpty();
    return http.run(item(read, JSON.readTree(input)), TestAttempt.lasting(Duration.ofSeconds(20)));
  }

  static Input item(JsonNode options, JsonNode input) {
    return new Input(BATCH, 7, "my ref", input, options, List.of());
  }
}
