package io.headgate.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.headgate.stub.StubServer;
import java.io.BufferedReader;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.SequenceInputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Collections;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class SubmitTest extends ClientTestCase {

  @Test
  void a_batch_with_its_items_is_one_json_body() {
    server.respond("POST /v1/batches", 202, Samples.BATCH);

    NewBatch batch =
        NewBatch.of("scrape")
            .name("nightly")
            .metadata("team", "a")
            .option("output", "markdown")
            .concurrency(50)
            .timeout(Duration.ofSeconds(60))
            .item("home", Collections.singletonMap("url", "http://127.0.0.1:9000/"));
    Batch response = client.submit(batch).value();

    assertThat(server.received.getFirst().body())
        .isEqualTo(
            "{\"processor\":\"scrape\",\"name\":\"nightly\",\"metadata\":{\"team\":\"a\"},"
                + "\"options\":{\"output\":\"markdown\"},"
                + "\"limits\":{\"concurrency\":50,\"timeout_seconds\":60},"
                + "\"items\":[{\"ref\":\"home\",\"input\":{\"url\":\"http://127.0.0.1:9000/\"}}]}");
    assertThat(server.received.getFirst().headers().getFirst("Authorization"))
        .isEqualTo("Bearer hg_test");
    assertThat(response.state()).isEqualTo(BatchState.RUNNING);
    assertThat(response.counts()).isEqualTo(new Counts(1000, 400, 64, 530, 6, 0));
    assertThat(response.progress().eta()).isEqualTo("2026-11-21T10:00:12Z");
  }

  @Test
  void a_stream_of_items_is_sent_while_it_is_read_with_the_other_fields_as_query_parameters() {
    AtomicLong lines = new AtomicLong();
    server.handle(
        "POST /v1/batches",
        exchange -> {
          server.record(exchange, "");
          lines.set(countLines(exchange.getRequestBody()));
          StubServer.send(exchange, 202, Samples.BATCH);
        });

    byte[] block = "\"http://127.0.0.1:9000/page\"\n".repeat(1000).getBytes(StandardCharsets.UTF_8);
    InputStream items =
        new SequenceInputStream(
            Collections.enumeration(
                IntStream.range(0, 500)
                    .mapToObj(i -> (InputStream) new ByteArrayInputStream(block))
                    .toList()));
    client.submit(NewBatch.of("scrape").name("a b").concurrency(50), ItemFormat.NDJSON, items);

    assertThat(lines).hasValue(500_000);
    StubServer.ReceivedRequest request = server.received.getFirst();
    assertThat(request.uri().getRawQuery()).isEqualTo("processor=scrape&name=a%20b&concurrency=50");
    assertThat(request.headers().getFirst("Content-Type")).isEqualTo("application/x-ndjson");
  }

  @Test
  void options_that_do_not_fit_a_query_are_sent_as_a_form_with_the_batch_before_its_items() {
    server.respond("POST /v1/batches", 202, Samples.BATCH);

    client.submit(
        NewBatch.of("scrape").option("output", "markdown"),
        ItemFormat.CSV,
        stream("url\nhttp://127.0.0.1:9000/\n"),
        "skip");

    StubServer.ReceivedRequest request = server.received.getFirst();
    assertThat(request.uri().getRawQuery()).isEqualTo("on_bad_line=skip");
    assertThat(request.headers().getFirst("Content-Type")).startsWith("multipart/form-data;");
    assertThat(request.body())
        .containsSubsequence(
            "name=\"batch\"",
            "application/json\r\n\r\n{\"processor\":\"scrape\",\"options\":{\"output\":\"markdown\"}}",
            "name=\"items\"",
            "text/csv\r\n\r\nurl\nhttp://127.0.0.1:9000/\n\r\n--");
  }

  @Test
  void a_refused_submit_reports_each_invalid_line() {
    server.respond(
        "POST /v1/batches",
        422,
        """
        {"type":"/problems/invalid-items","title":"Bad items","status":422,"code":"invalid-items",
         "detail":"1 line is bad","errors":[{"pointer":"/items/2","line":3,"field":"url",
         "message":"is missing"}]}
        """);

    assertThatThrownBy(
            () -> client.submit(NewBatch.of("scrape"), ItemFormat.NDJSON, stream("{}\n")))
        .isInstanceOfSatisfying(
            HeadgateException.class,
            refusal ->
                assertThat(refusal.problem().errors())
                    .containsExactly(new Problem.InputError("/items/2", 3L, "url", "is missing")));
  }

  @Test
  void a_key_makes_a_repeat_safe_and_the_replay_visible() {
    server.respond("POST /v1/batches", 202, Samples.BATCH, "Idempotency-Replayed", "true");

    Response<Batch> response =
        client.withIdempotencyKey("run-7").submit(NewBatch.of("scrape").item("http://x/"));

    assertThat(server.received.getFirst().headers().getFirst("Idempotency-Key")).isEqualTo("run-7");
    assertThat(response.replayed()).isTrue();
  }

  private static InputStream stream(String text) {
    return new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8));
  }

  private static long countLines(InputStream body) throws IOException {
    try (BufferedReader reader =
        new BufferedReader(new InputStreamReader(body, StandardCharsets.UTF_8))) {
      return reader.lines().count();
    }
  }
}
