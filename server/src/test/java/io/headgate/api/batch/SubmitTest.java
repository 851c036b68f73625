package io.headgate.api.batch;

import static org.assertj.core.api.Assertions.assertThat;

import io.headgate.batch.AttemptResult;
import io.headgate.engine.StartedAttempt;
import io.headgate.http.TestClient.HttpReply;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

class SubmitTest extends SubmitCase {

  @Test
  void a_json_body_is_a_batch() {
    HttpReply reply =
        server.client.post(
            "/v1/batches",
            """
            {"items":[{"ref":"home","input":{"url":"http://127.0.0.1:9000/"}},"plain"],
             "processor":"page","name":"nightly","metadata":{"team":"a"},"options":{"depth":2},
             "limits":{"concurrency":50,"timeout_seconds":1.5,"max_attempts":4,"backoff_seconds":0,
                       "max_backoff_seconds":30},
             "priority":-3,"start_at":"2036-11-21T10:00:00+02:00",
             "expires_at":"2036-11-22T10:00:00Z","retain_seconds":1000}
            """);
    assertThat(reply.status()).isEqualTo(202);
    JsonNode batch = reply.json();
    assertThat(reply.header("Location")).isEqualTo("/v1/batches/" + batch.path("id").asString());
    assertThat(batch.path("counts").toString())
        .isEqualTo(
            "{\"total\":2,\"pending\":2,\"running\":0,\"succeeded\":0,\"failed\":0,\"cancelled\":0}");
    assertThat(batch.path("credits").toString())
        .isEqualTo("{\"per_item\":2,\"reserved\":4,\"charged\":0,\"refunded\":0}");
    assertThat(batch.path("limits").toString())
        .isEqualTo(
            "{\"concurrency\":50,\"timeout_seconds\":1.5,\"max_attempts\":4,\"backoff_seconds\":0,"
                + "\"max_backoff_seconds\":30}");
    assertThat(batch.path("metadata").toString()).isEqualTo("{\"team\":\"a\"}");
    assertThat(batch.path("options").toString()).isEqualTo("{\"depth\":2}");
    assertThat(batch.path("start_at").asString()).isEqualTo("2036-11-21T08:00:00.000Z");
    assertThat(batch.path("priority").asInt()).isEqualTo(-3);
    assertThat(batch.path("retain_seconds").asInt()).isEqualTo(1000);
    assertThat(batch.has("rejected")).isFalse();
    assertThat(server.client.get(reply.header("Location")).json()).isEqualTo(batch);
  }

  @Test
  void a_stream_takes_every_field_from_the_query() {
    HttpReply reply =
        server.post(
            "/v1/batches?processor=page&name=n%20m&concurrency=5&timeout_seconds=2.5&max_attempts=1"
                + "&backoff_seconds=1&max_backoff_seconds=9&priority=7&retain_seconds=60"
                + "&start_at=2036-11-21T10:00:00Z&expires_at=2036-11-22T10:00:00Z"
                + "&metadata.team=7&options.depth=2&options.zip=02139&options.list=%5B1%5D",
            BatchTestServer.NDJSON, "{\"url\":\"u\"}\n\"b\"\n");
    assertThat(reply.status()).as(reply.text()).isEqualTo(202);
    JsonNode batch = reply.json();
    assertThat(batch.path("name").asString()).isEqualTo("n m");
    assertThat(batch.path("metadata").toString()).isEqualTo("{\"team\":\"7\"}");
    assertThat(batch.path("options").toString())
        .isEqualTo("{\"depth\":2,\"zip\":\"02139\",\"list\":[1]}");
    assertThat(batch.path("limits").path("timeout_seconds").decimalValue())
        .isEqualByComparingTo("2.5");
    assertThat(batch.path("priority").asInt()).isEqualTo(7);
    assertThat(batch.path("counts").path("total").asInt()).isEqualTo(2);
  }

  @Test
  void csv_is_a_stream_too() {
    HttpReply reply =
        server.post(
            "/v1/batches?processor=page&options=%7B%22a%22:1%7D",
            "text/csv; charset=UTF-8", "ref,url\na,http://x/\nb,\"http://y/?\"\"\"\n");
    assertThat(reply.status()).as(reply.text()).isEqualTo(202);
    JsonNode item =
        server.client.get(reply.header("Location") + "/items?ref=b").json().path("data").path(0);
    assertThat(item.path("input").toString()).isEqualTo("{\"url\":\"http://y/?\\\"\"}");
    assertThat(reply.json().path("options").toString()).isEqualTo("{\"a\":1}");
  }

  @Test
  void a_form_holds_the_batch_and_then_its_items() {
    String batch = "{\"processor\":\"page\",\"name\":\"form\"}";
    HttpReply ndjson =
        form(
            part("batch", "application/json", "", batch),
            part("items", BatchTestServer.NDJSON, "", "\"a\"\n\"b\""));
    assertThat(ndjson.status()).as(ndjson.text()).isEqualTo(202);
    assertThat(ndjson.json().path("name").asString()).isEqualTo("form");
    assertThat(ndjson.json().path("counts").path("total").asInt()).isEqualTo(2);
    HttpReply csv =
        form(
            part("batch", "application/json", "", batch),
            part(
                "items", "application/octet-stream", "; filename=\"x.csv\"", "url\r\na\r\nb\r\nc"));
    assertThat(csv.json().path("counts").path("total").asInt()).isEqualTo(3);

    assertInvalid(form(part("items", BatchTestServer.NDJSON, "", "\"a\"")), "batch");
    assertInvalid(form(part("batch", "application/json", "", batch)), "items");
    assertInvalid(form(part("batch", "application/json", "", "{\"processor\":1}")), "processor");
    assertInvalid(form(part("batch", "application/json", "", "[]")), "batch");
    assertInvalid(
        server.post(
            "/v1/batches",
            "multipart/form-data; boundary=xyz",
            part("batch", "", "", batch)
                + part("items", BatchTestServer.NDJSON, "", "\"cut").strip()),
        "items");
    HttpReply noBoundary = server.post("/v1/batches", "multipart/form-data", "x");
    assertThat(noBoundary.status()).isEqualTo(400);
  }

  @Test
  void a_parent_waits_for_the_children_that_name_it() {
    HttpReply reply =
        server.post(
            "/v1/batches?processor=page",
            BatchTestServer.NDJSON,
            """
            {"input":{"url":"c"},"parent":"p"}
            {"ref":"p","input":{"url":"p"}}
            {"input":{"url":"c"},"parent":"p"}
            """);
    assertThat(reply.status()).as(reply.text()).isEqualTo(202);
    assertThat(reply.json().path("counts").path("pending").asInt()).isEqualTo(3);
    JsonNode items = server.client.get(reply.header("Location") + "/items").json().path("data");
    assertThat(items.path(0).path("parent").asInt()).isEqualTo(1);
    assertThat(items.path(1).path("children").toString()).isEqualTo("[0,2]");
    List<StartedAttempt> first = server.claim(10);
    assertThat(first).extracting(StartedAttempt::ordinal).containsExactlyInAnyOrder(0, 2);
    server.settle(first, new AttemptResult.AttemptSucceeded("{}"));
    assertThat(server.claim(10)).extracting(StartedAttempt::ordinal).containsExactly(1);
  }

  @Test
  void fifty_thousand_lines_stream_in() {
    String lines =
        IntStream.range(0, 50_000)
            .mapToObj(i -> "{\"ref\":\"r" + i + "\",\"input\":{\"url\":\"u" + i + "\"}}")
            .collect(Collectors.joining("\n"));
    HttpReply reply = server.post("/v1/batches?processor=page", BatchTestServer.NDJSON, lines);
    assertThat(reply.json().path("counts").path("total").asInt()).isEqualTo(50_000);
    assertThat(server.count("item")).isEqualTo(50_000);
  }

  @Test
  void bad_lines_are_listed_when_they_are_skipped() {
    HttpReply reply =
        server.post(
            "/v1/batches?processor=page&on_bad_line=skip",
            BatchTestServer.NDJSON,
            "\"ok\"\n{\"input\":{\"url\":5}}\n");
    assertThat(reply.status()).isEqualTo(202);
    assertThat(reply.json().path("counts").path("total").asInt()).isEqualTo(1);
    assertThat(reply.json().path("rejected").toString())
        .isEqualTo("[{\"line\":2,\"field\":\"input.url\",\"message\":\"must be a string\"}]");
    assertThat(reply.json().path("rejected_count").asInt()).isEqualTo(1);
  }

  @Test
  void a_repeated_stream_gets_the_first_answer() {
    String[] key = {"Idempotency-Key", "once"};
    String path = "/v1/batches?processor=page";
    HttpReply first = server.post(path, BatchTestServer.NDJSON, "\"a\"\n", key);
    HttpReply again = server.post(path, BatchTestServer.NDJSON, "\"a\"\n", key);
    assertThat(again.text()).isEqualTo(first.text());
    assertThat(again.header("Idempotency-Replayed")).isEqualTo("true");
    assertThat(again.header("Location")).isEqualTo(first.header("Location"));
    assertThat(server.post(path, BatchTestServer.NDJSON, "\"b\"\n", key).code())
        .isEqualTo("idempotency-conflict");
    assertThat(server.count("batch")).isEqualTo(1);
  }

  private HttpReply form(String... parts) {
    return server.post(
        "/v1/batches", "multipart/form-data; boundary=xyz", String.join("", parts) + "--xyz--\r\n");
  }

  private static String part(String name, String type, String more, String content) {
    return "--xyz\r\nContent-Disposition: form-data; name=\"%s\"%s\r\nContent-Type: %s\r\n\r\n%s\r\n"
        .formatted(name, more, type, content);
  }
}
