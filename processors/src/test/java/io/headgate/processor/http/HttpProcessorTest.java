package io.headgate.processor.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.standardwebhooks.Webhook;
import io.headgate.outbound.Outbound;
import io.headgate.outbound.RawServer;
import io.headgate.processor.Input;
import io.headgate.processor.Outcome;
import io.headgate.processor.TestAttempt;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;

/** What one request sends, and how its answer is judged. */
class HttpProcessorTest extends HttpProcessorCase {

  private static final String SECRET = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw";

  @Test
  void a_url_alone_is_fetched() throws Exception {
    JsonNode output = output("{\"url\":\"{{input}}\"}", "\"" + site.url("/a?b=c%20d") + "\"");
    assertThat(output)
        .isEqualTo(
            JSON.readTree(
                "{\"status\":200,\"headers\":{\"content-type\":\"application/json\"},"
                    + "\"body\":{\"ok\":true,\"n\":1},\"bytes\":17}"));
    ReceivedRequest request = seen.take();
    assertThat(request.method()).isEqualTo("GET");
    assertThat(request.uri()).isEqualTo("/a?b=c%20d");
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
    ReceivedRequest request = seen.take();
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
      assertThat(((Outcome.Failed) outcome).retryable()).isFalse();
    }
  }

  @Test
  void a_busy_server_is_a_passing_failure_with_its_wait() throws Exception {
    Outcome.Failed failed = failed("{\"url\":\"" + site.url("/500") + "\"}", "1");
    assertThat(failed.code()).isEqualTo("http-500");
    assertThat(failed.retryable()).isTrue();
    assertThat(failed.retryAfter()).contains(Duration.ofSeconds(3));
  }

  @Test
  void a_lost_connection_is_a_passing_failure_and_not_repeated_here() throws Exception {
    Outcome.Failed failed = failed("{\"url\":\"" + site.url("/cut") + "\",\"body\":\"x\"}", "1");
    assertThat(failed.code()).isEqualTo("connection-lost");
    assertThat(failed.retryable()).isTrue();
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
      assertThat(silent.requested.await(10, TimeUnit.SECONDS)).isTrue();
      thread.interrupt();
      assertThatThrownBy(() -> run.get(5, TimeUnit.SECONDS))
          .hasCauseInstanceOf(InterruptedException.class);
    }
  }
}
