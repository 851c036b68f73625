package io.headgate.processor.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.standardwebhooks.Webhook;
import com.sun.net.httpserver.HttpExchange;
import io.headgate.batch.Ids;
import io.headgate.outbound.Outbound;
import io.headgate.outbound.RawServer;
import io.headgate.outbound.Site;
import io.headgate.processor.Input;
import io.headgate.processor.Outcome;
import io.headgate.processor.TestAttempt;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.FutureTask;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

@Timeout(30)
class HttpProcessorTest {

  private record Seen(String method, String uri, Map<String, List<String>> headers, String body) {
    String header(String name) {
      return headers.getOrDefault(name, List.of("")).getFirst();
    }
  }

  private static final JsonMapper JSON = JsonMapper.builder().build();
  private static final UUID BATCH = Ids.next();
  private static final String SECRET = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw";

  private final BlockingQueue<Seen> seen = new LinkedBlockingQueue<>();
  private final Site site = new Site().page("/", this::note);
  private final Outbound outbound = new Outbound(true, InstantSource.system());
  private final HttpProcessor http = new HttpProcessor(outbound, InstantSource.system());

  @AfterEach
  void close() {
    outbound.close();
    site.close();
  }

  @Test
  void a_url_alone_is_fetched() throws Exception {
    JsonNode output = output("{\"url\":\"{{input}}\"}", "\"" + site.url("/a?b=c%20d") + "\"");
    assertThat(output)
        .isEqualTo(
            JSON.readTree(
                "{\"status\":200,\"headers\":{\"content-type\":\"application/json\"},"
                    + "\"body\":{\"ok\":true,\"n\":1},\"bytes\":17}"));
    Seen request = seen.take();
    assertThat(request.method()).isEqualTo("GET");
    assertThat(request.uri()).isEqualTo("/a?b=c%20d");
  }

  @Test
  void values_are_percent_encoded_in_a_url() throws Exception {
    output(
        "{\"url\":\""
            + site.url("/x/{{input.path}}?q={{input.q}}&r={{ref}}-{{ordinal}}-{{batch_id}}")
            + "\"}",
        "{\"path\":\"a/../b?c#d\",\"q\":\"1&admin=true ä\"}");
    assertThat(seen.take().uri())
        .isEqualTo("/x/a%2F..%2Fb%3Fc%23d?q=1%26admin%3Dtrue%20%C3%A4&r=my%20ref-7-" + BATCH);
  }

  @Test
  void a_value_cannot_move_the_request_to_another_host() throws Exception {
    Outcome.Failed failed =
        failed("{\"url\":\"http://{{input}}.example/\"}", "\"127.0.0.1:" + site.port() + "/?\"");
    assertThat(failed.code()).isEqualTo("invalid-url");
    assertThat(seen).isEmpty();
  }

  @Test
  void json_bodies_keep_types_and_cannot_be_broken_out_of() throws Exception {
    output(
        """
        {"url":"%s","method":"put","body":{"id":"{{input.id}}","tags":"{{input.tags}}",
          "none":"{{input.none}}","text":"no {{input.id}}: {{input.evil}}","deep":[{"first":"{{input.tags.0}}"}],"fixed":true}}
        """
            .formatted(site.url("/")),
        "{\"id\":42,\"tags\":[\"a\",\"b\"],\"none\":null,\"evil\":\"\\\",\\\"admin\\\":\\\"1\"}");
    Seen request = seen.take();
    assertThat(request.method()).isEqualTo("PUT");
    assertThat(request.header("Content-type")).isEqualTo("application/json");
    assertThat(JSON.readTree(request.body()))
        .isEqualTo(
            JSON.readTree(
                """
                {"id":42,"tags":["a","b"],"none":null,"text":"no 42: \\",\\"admin\\":\\"1",
                  "deep":[{"first":"a"}],"fixed":true}
                """));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '~',
      value = {
        "| {\\\"a\\\":\\\"{{input.v}}\\\"} | {\"a\":\"\\\"<&=\\n\"}",
        "| [{{json input.v}}] | [\"\\\"<&=\\n\"]",
        "application/vnd.x+json | \\\"{{input.v}}\\\" | \"\\\"<&=\\n\"",
        "application/x-www-form-urlencoded | a={{input.v}} | a=%22%3C%26%3D%0A",
        "text/xml | <a>{{input.n}}</a> | <a>&quot;&lt;&amp;=</a>",
        "| plain {{input.n}} | plain \"<&=",
        "| {{{input.n}}} | \"<&=",
      })
  void text_bodies_are_escaped_for_their_content_type(String type, String body, String sent)
      throws Exception {
    String headers = type == null ? "{}" : "{\"Content-Type\":\"" + type + "\"}";
    output(
        "{\"url\":\"" + site.url("/") + "\",\"headers\":" + headers + ",\"body\":\"" + body + "\"}",
        "{\"v\":\"\\\"<&=\\n\",\"n\":\"\\\"<&=\"}");
    Seen request = seen.take();
    assertThat(request.method()).isEqualTo("POST");
    assertThat(request.body()).isEqualTo(sent);
  }

  @Test
  void templates_may_choose_and_repeat() throws Exception {
    output(
        "{\"url\":\""
            + site.url("/")
            + "\",\"method\":\"{{#if input.gone}}DELETE{{else}}POST{{/if}}\","
            + "\"body\":\"-{{#each input.list}}{{@index}}={{this}};{{/each}}\"}",
        "{\"list\":[\"a\",\"b\"]}");
    Seen request = seen.take();
    assertThat(request.method()).isEqualTo("POST");
    assertThat(request.body()).isEqualTo("-0=a;1=b;");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "{\"url\":\"http://x/{{input.nmae}}\"} | the placeholder {{input.nmae}} has no value",
        "{\"url\":\"http://x/\",\"body\":{\"a\":\"{{input.a.b}}\"}} | the placeholder input.a.b has no value",
        "{\"url\":\"http://x/\",\"method\":\"{{input.name}}\"} | the method must be one of GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS, QUERY",
        "{\"url\":\"http://x/\",\"headers\":{\"X-A\":\"{{input.line}}\"}} | the value of the header x-a contains a line break, a control or a non-Latin-1 character, or is too long",
        "{\"url\":\"http://x/\",\"headers\":{\"X-A\":\"{{{input.line}}}\"}} | the value of the header x-a contains a line break, a control or a non-Latin-1 character, or is too long",
      })
  void values_that_make_no_request_are_a_lasting_failure(String options, String message)
      throws Exception {
    assertThat(failed(options, "{\"name\":\"x\",\"line\":\"a\\r\\nX-Evil: 1\"}"))
        .isEqualTo(Outcome.Failed.lasting("invalid-request", message));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{{> /etc/passwd}}",
        "{{precompile 'x'}}",
        "{{embedded 'x'}}",
        "{{log 'x'}}",
        "{{i18n 'x'}}",
        "{{input.class.name}}",
        "{{input.getClass}}",
        "{{partial 'x'}}"
      })
  void a_template_reaches_no_files_and_no_java(String template) throws Exception {
    JsonNode options =
        JSON.createObjectNode().put("url", site.url("/")).put("body", "x" + template);
    Outcome outcome =
        http.run(item(options, JSON.readTree("{}")), TestAttempt.lasting(Duration.ofSeconds(9)));
    assertThat(outcome).isInstanceOf(Outcome.Failed.class);
    assertThat(((Outcome.Failed) outcome).code()).isEqualTo("invalid-request");
    assertThat(seen).isEmpty();
  }

  @Test
  void the_idempotency_key_is_the_same_for_every_attempt() throws Exception {
    String options = "{\"url\":\"" + site.url("/") + "\"}";
    output(options, "1");
    output(options, "1");
    assertThat(seen.take().header("Idempotency-key")).isEqualTo(BATCH + "-7");
    assertThat(seen.take().header("Idempotency-key")).isEqualTo(BATCH + "-7");
    output("{\"url\":\"" + site.url("/") + "\",\"idempotency_header\":\"X-Once\"}", "1");
    assertThat(seen.take().header("X-once")).isEqualTo(BATCH + "-7");
    output("{\"url\":\"" + site.url("/") + "\",\"idempotency_header\":\"\"}", "1");
    assertThat(seen.take().headers()).doesNotContainKey("Idempotency-key");
  }

  @Test
  void a_signed_request_verifies_with_the_standard_library() throws Exception {
    output(
        "{\"url\":\""
            + site.url("/")
            + "\",\"body\":{\"a\":\"ä\"},\"sign\":{\"secret\":\""
            + SECRET
            + "\"}}",
        "1");
    Seen request = seen.take();
    Map<String, List<String>> headers =
        request.headers().entrySet().stream()
            .collect(
                Collectors.toMap(e -> e.getKey().toLowerCase(Locale.ROOT), Map.Entry::getValue));
    new Webhook(SECRET).verify(request.body(), headers);
    assertThat(request.header("Webhook-id")).isEqualTo(BATCH + "-7");
    assertThatThrownBy(() -> new Webhook(SECRET).verify(request.body() + " ", headers))
        .isInstanceOf(Exception.class);
  }

  @Test
  void the_signature_can_have_another_header() throws Exception {
    output(
        "{\"url\":\""
            + site.url("/")
            + "\",\"sign\":{\"secret\":\""
            + SECRET
            + "\",\"header\":\"X-Sig\"}}",
        "1");
    assertThat(seen.take().header("X-sig")).startsWith("v1,");
  }

  @Test
  void secrets_are_in_no_output_and_no_error() throws Exception {
    String secrets =
        "\"headers\":{\"Authorization\":\"Bearer t0ps3cret\"},\"sign\":{\"secret\":\""
            + SECRET
            + "\"}";
    for (String path : List.of("/", "/500", "/cut")) {
      Outcome outcome =
          run("{\"url\":\"" + site.url(path) + "?key=t0ps3cret\"," + secrets + "}", "1");
      assertThat(outcome.toString()).doesNotContain("t0ps3cret", SECRET, SECRET.substring(6));
    }
    String broken =
        "{\"url\":\"x\",\"headers\":{\"Authorization\":\"t0ps3cret {{\"},\"sign\":{\"secret\":\"t0ps3cret\"}}";
    assertThat(http.checkOptions(JSON.readTree(broken)).toString()).doesNotContain("t0ps3cret");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "/404 | {\"statuses\":[200,404]} | ",
        "/404 | {\"statuses\":[\"4xx\"]} | ",
        "/404 | {\"statuses\":[\"400-404\"]} | ",
        "/404 | {\"statuses\":[\"400-403\"]} | http-404",
        "/404 | {} | http-404",
        "/ | {\"statuses\":[\"201-299\"]} | http-200",
        "/ | {\"pointer\":\"/ok\",\"equals\":true} | ",
        "/ | {\"pointer\":\"/n\",\"equals\":1} | ",
        "/ | {\"pointer\":\"\",\"equals\":{\"ok\":true,\"n\":1}} | ",
        "/ | {\"pointer\":\"/ok\",\"equals\":false} | unexpected-answer",
        "/ | {\"pointer\":\"/missing\",\"equals\":null} | unexpected-answer",
        "/text | {\"pointer\":\"/ok\",\"equals\":true} | unexpected-answer",
      })
  void the_success_rule_decides(String path, String rule, String code) throws Exception {
    Outcome outcome = run("{\"url\":\"" + site.url(path) + "\",\"success\":" + rule + "}", "1");
    if (code == null) {
      assertThat(outcome).isInstanceOf(Outcome.Succeeded.class);
    } else {
      assertThat(((Outcome.Failed) outcome).code()).isEqualTo(code);
      assertThat(((Outcome.Failed) outcome).passing()).isFalse();
    }
  }

  @Test
  void a_busy_server_is_a_passing_failure_with_its_wait() throws Exception {
    Outcome.Failed failed = failed("{\"url\":\"" + site.url("/500") + "\"}", "1");
    assertThat(failed.code()).isEqualTo("http-500");
    assertThat(failed.passing()).isTrue();
    assertThat(failed.retryAfter()).contains(Duration.ofSeconds(3));
  }

  @Test
  void a_lost_connection_is_a_passing_failure_and_not_repeated_here() throws Exception {
    Outcome.Failed failed = failed("{\"url\":\"" + site.url("/cut") + "\",\"body\":\"x\"}", "1");
    assertThat(failed.code()).isEqualTo("connection-lost");
    assertThat(failed.passing()).isTrue();
    assertThat(seen).hasSize(1);
  }

  @Test
  void an_answer_that_is_not_json_is_text_or_nothing() throws Exception {
    assertThat(output("{\"url\":\"" + site.url("/text") + "\"}", "1").path("body").asString())
        .isEqualTo("hällo");
    assertThat(output("{\"url\":\"" + site.url("/png") + "\"}", "1").path("body").isNull())
        .isTrue();
    assertThat(output("{\"url\":\"" + site.url("/notjson") + "\"}", "1").path("body").asString())
        .isEqualTo("{oops");
  }

  @Test
  void wanted_headers_of_the_answer_are_kept() throws Exception {
    JsonNode output =
        output(
            "{\"url\":\"" + site.url("/text") + "\",\"response_headers\":[\"X-Trace\",\"X-None\"]}",
            "1");
    assertThat(output.path("headers")).isEqualTo(JSON.readTree("{\"x-trace\":\"abc\"}"));
  }

  @Test
  void private_targets_are_refused_by_default() throws Exception {
    try (Outbound strict = new Outbound(false, InstantSource.system())) {
      Input item = item(JSON.readTree("{\"url\":\"" + site.url("/") + "\"}"), JSON.readTree("1"));
      Outcome outcome =
          new HttpProcessor(strict, InstantSource.system())
              .run(item, TestAttempt.lasting(Duration.ofSeconds(9)));
      assertThat(((Outcome.Failed) outcome).code()).isEqualTo("target-refused");
    }
  }

  @Test
  void an_interrupt_ends_the_request() throws Exception {
    try (RawServer silent = new RawServer(out -> new CountDownLatch(1).await())) {
      FutureTask<Outcome> run =
          new FutureTask<>(() -> run("{\"url\":\"" + silent.url() + "\"}", "1"));
      Thread thread = Thread.ofVirtual().start(run);
      assertThat(silent.asked.await(10, TimeUnit.SECONDS)).isTrue();
      thread.interrupt();
      assertThatThrownBy(() -> run.get(5, TimeUnit.SECONDS))
          .hasCauseInstanceOf(InterruptedException.class);
    }
  }

  private void note(HttpExchange exchange) throws IOException {
    String body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
    seen.add(
        new Seen(
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

  private JsonNode output(String options, String input) throws Exception {
    Outcome outcome = run(options, input);
    assertThat(outcome).isInstanceOf(Outcome.Succeeded.class);
    return ((Outcome.Succeeded) outcome).output();
  }

  private Outcome.Failed failed(String options, String input) throws Exception {
    Outcome outcome = run(options, input);
    assertThat(outcome).isInstanceOf(Outcome.Failed.class);
    return (Outcome.Failed) outcome;
  }

  private Outcome run(String options, String input) throws InterruptedException {
    JsonNode read = JSON.readTree(options);
    assertThat(http.checkOptions(read)).isEmpty();
    assertThat(http.checkInput(JSON.readTree(input), read)).isEmpty();
    return http.run(item(read, JSON.readTree(input)), TestAttempt.lasting(Duration.ofSeconds(20)));
  }

  private static Input item(JsonNode options, JsonNode input) {
    return new Input(BATCH, 7, "my ref", input, options, List.of());
  }
}
