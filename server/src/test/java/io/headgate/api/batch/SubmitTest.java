package io.headgate.api.batch;

import static org.assertj.core.api.Assertions.assertThat;

import io.headgate.batch.Ending;
import io.headgate.engine.Claimed;
import io.headgate.http.TestClient.Reply;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

class SubmitTest {

  private static final BatchHouse house = new BatchHouse();

  @AfterAll
  static void close() {
    house.close();
  }

  @BeforeEach
  void empty() {
    house.database.useTransaction(
        tx -> tx.update("truncate batch, item, idempotency cascade").execute());
  }

  @Test
  void a_json_body_is_a_batch() {
    Reply reply =
        house.client.post(
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
    assertThat(house.client.get(reply.header("Location")).json()).isEqualTo(batch);
  }

  @Test
  void a_stream_takes_every_field_from_the_query() {
    Reply reply =
        house.post(
            "/v1/batches?processor=page&name=n%20m&concurrency=5&timeout_seconds=2.5&max_attempts=1"
                + "&backoff_seconds=1&max_backoff_seconds=9&priority=7&retain_seconds=60"
                + "&start_at=2036-11-21T10:00:00Z&expires_at=2036-11-22T10:00:00Z"
                + "&metadata.team=7&options.depth=2&options.zip=02139&options.list=%5B1%5D",
            BatchHouse.NDJSON, "{\"url\":\"u\"}\n\"b\"\n");
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
    Reply reply =
        house.post(
            "/v1/batches?processor=page&options=%7B%22a%22:1%7D",
            "text/csv; charset=UTF-8", "ref,url\na,http://x/\nb,\"http://y/?\"\"\"\n");
    assertThat(reply.status()).as(reply.text()).isEqualTo(202);
    JsonNode item =
        house.client.get(reply.header("Location") + "/items?ref=b").json().path("data").path(0);
    assertThat(item.path("input").toString()).isEqualTo("{\"url\":\"http://y/?\\\"\"}");
    assertThat(reply.json().path("options").toString()).isEqualTo("{\"a\":1}");
  }

  @Test
  void a_form_holds_the_batch_and_then_its_items() {
    String batch = "{\"processor\":\"page\",\"name\":\"form\"}";
    Reply ndjson =
        form(
            part("batch", "application/json", "", batch),
            part("items", BatchHouse.NDJSON, "", "\"a\"\n\"b\""));
    assertThat(ndjson.status()).as(ndjson.text()).isEqualTo(202);
    assertThat(ndjson.json().path("name").asString()).isEqualTo("form");
    assertThat(ndjson.json().path("counts").path("total").asInt()).isEqualTo(2);
    Reply csv =
        form(
            part("batch", "application/json", "", batch),
            part(
                "items", "application/octet-stream", "; filename=\"x.csv\"", "url\r\na\r\nb\r\nc"));
    assertThat(csv.json().path("counts").path("total").asInt()).isEqualTo(3);

    assertInvalid(form(part("items", BatchHouse.NDJSON, "", "\"a\"")), "batch");
    assertInvalid(form(part("batch", "application/json", "", batch)), "items");
    assertInvalid(form(part("batch", "application/json", "", "{\"processor\":1}")), "processor");
    assertInvalid(form(part("batch", "application/json", "", "[]")), "batch");
    assertInvalid(
        house.post(
            "/v1/batches",
            "multipart/form-data; boundary=xyz",
            part("batch", "", "", batch) + part("items", BatchHouse.NDJSON, "", "\"cut").strip()),
        "items");
    Reply noBoundary = house.post("/v1/batches", "multipart/form-data", "x");
    assertThat(noBoundary.status()).isEqualTo(400);
  }

  @Test
  void a_parent_waits_for_the_children_that_name_it() {
    Reply reply =
        house.post(
            "/v1/batches?processor=page",
            BatchHouse.NDJSON,
            """
            {"input":{"url":"c"},"parent":"p"}
            {"ref":"p","input":{"url":"p"}}
            {"input":{"url":"c"},"parent":"p"}
            """);
    assertThat(reply.status()).as(reply.text()).isEqualTo(202);
    assertThat(reply.json().path("counts").path("pending").asInt()).isEqualTo(3);
    JsonNode items = house.client.get(reply.header("Location") + "/items").json().path("data");
    assertThat(items.path(0).path("parent").asInt()).isEqualTo(1);
    assertThat(items.path(1).path("children").toString()).isEqualTo("[0,2]");
    List<Claimed> first = house.claim(10);
    assertThat(first).extracting(Claimed::ordinal).containsExactlyInAnyOrder(0, 2);
    house.settle(first, new Ending.Succeeded("{}"));
    assertThat(house.claim(10)).extracting(Claimed::ordinal).containsExactly(1);
  }

  @Test
  void json_that_nests_too_deep_and_lines_that_are_too_long_are_refused() {
    String deep = "{\"a\":" + "[".repeat(100) + "]".repeat(100) + "}";
    assertThat(house.post("/v1/batches?processor=page", BatchHouse.NDJSON, deep).status())
        .isEqualTo(422);
    assertThat(
            house
                .client
                .post("/v1/batches", "{\"processor\":\"page\",\"items\":[" + deep + "]}")
                .status())
        .isEqualTo(400);
    Reply longLine =
        house.post(
            "/v1/batches?processor=page",
            BatchHouse.NDJSON,
            "\"" + "x".repeat(2_000_000) + "\"\n\"a\"\n");
    assertThat(longLine.status()).isEqualTo(422);
    assertThat(longLine.json().path("errors").path(0).path("line").asInt()).isEqualTo(1);
    assertNothingStored();
  }

  @Test
  void fifty_thousand_lines_stream_in() {
    String lines =
        IntStream.range(0, 50_000)
            .mapToObj(i -> "{\"ref\":\"r" + i + "\",\"input\":{\"url\":\"u" + i + "\"}}")
            .collect(Collectors.joining("\n"));
    Reply reply = house.post("/v1/batches?processor=page", BatchHouse.NDJSON, lines);
    assertThat(reply.json().path("counts").path("total").asInt()).isEqualTo(50_000);
    assertThat(house.count("item")).isEqualTo(50_000);
  }

  @Test
  void a_bad_line_is_named_and_leaves_nothing() {
    Reply reply =
        house.post(
            "/v1/batches?processor=page",
            BatchHouse.NDJSON,
            "\"ok\"\n{\"input\":{\"url\":5}}\nnonsense\n");
    assertThat(reply.status()).isEqualTo(422);
    assertThat(reply.code()).isEqualTo("invalid-items");
    assertThat(reply.json().path("errors").toString())
        .isEqualTo(
            "[{\"pointer\":\"/input/url\",\"line\":2,\"field\":\"input.url\","
                + "\"message\":\"must be a string\"},{\"pointer\":\"\",\"line\":3,"
                + "\"message\":\"must be a JSON object or a JSON string\"}]");
    Reply json =
        house.client.post(
            "/v1/batches", "{\"processor\":\"page\",\"items\":[\"ok\",{\"input\":{\"url\":5}}]}");
    assertThat(json.status()).isEqualTo(422);
    assertThat(json.json().path("errors").path(0).path("pointer").asString())
        .isEqualTo("/items/1/input/url");
    assertNothingStored();
  }

  @Test
  void bad_lines_are_listed_when_they_are_skipped() {
    Reply reply =
        house.post(
            "/v1/batches?processor=page&on_bad_line=skip",
            BatchHouse.NDJSON,
            "\"ok\"\n{\"input\":{\"url\":5}}\n");
    assertThat(reply.status()).isEqualTo(202);
    assertThat(reply.json().path("counts").path("total").asInt()).isEqualTo(1);
    assertThat(reply.json().path("rejected").toString())
        .isEqualTo("[{\"line\":2,\"field\":\"input.url\",\"message\":\"must be a string\"}]");
    assertThat(reply.json().path("rejected_count").asInt()).isEqualTo(1);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "                                             | ",
        "{                                            | ",
        "[]                                           | ",
        "{'items':['a']}                              | processor",
        "{'processor':'nope','items':['a']}           | processor",
        "{'processor':7,'items':['a']}                | processor",
        "{'processor':'page'}                         | items",
        "{'processor':'page','items':'a'}             | items",
        "{'processor':'page','items':['a'],'x':1}     | x",
        "{'processor':'page','items':['a'],'name':''} | name",
        "{'processor':'page','items':['a'],'name':'\\u0000'} | name",
        "{'processor':'page','items':['a'],'metadata':[]} | metadata",
        "{'processor':'page','items':['a'],'metadata':{'a':'\\u0000'}} | metadata.a",
        "{'processor':'page','items':['a'],'metadata':{'a':1e999999}} | metadata.a",
        "{'processor':'page','items':['a'],'metadata':{'a':'\\ud800'}} | metadata.a",
        "{'processor':'page','items':['a'],'options':'x'} | options",
        "{'processor':'page','items':['a'],'options':{'colour':1}} | options.colour",
        "{'processor':'page','items':['a'],'limits':{'concurrency':0}} | limits.concurrency",
        "{'processor':'page','items':['a'],'limits':{'concurrency':99999999999}} | limits.concurrency",
        "{'processor':'page','items':['a'],'limits':{'concurrency':1.5}} | limits.concurrency",
        "{'processor':'page','items':['a'],'limits':{'timeout_seconds':-1}} | limits.timeout_seconds",
        "{'processor':'page','items':['a'],'limits':{'timeout_seconds':1e99}} | limits.timeout_seconds",
        "{'processor':'page','items':['a'],'limits':{'max_attempts':-2147483649}} | limits.max_attempts",
        "{'processor':'page','items':['a'],'limits':{'what':1}} | limits.what",
        "{'processor':'page','items':['a'],'priority':101} | priority",
        "{'processor':'page','items':['a'],'priority':true} | priority",
        "{'processor':'page','items':['a'],'start_at':'tomorrow'} | start_at",
        "{'processor':'page','items':['a'],'start_at':5} | start_at",
        "{'processor':'page','items':['a'],'expires_at':'2020-01-01T00:00:00Z'} | expires_at",
        "{'processor':'page','items':['a'],'retain_seconds':0} | retain_seconds",
        "{'processor':'page','items':['a'],'retain_seconds':9e18} | retain_seconds",
      })
  void what_is_wrong_in_a_json_body_is_named(String body, String field) {
    assertInvalid(
        house.client.post("/v1/batches", body == null ? "" : body.replace('\'', '"')), field);
    assertNothingStored();
  }

  @ParameterizedTest
  @CsvSource({
    "name=x, processor",
    "processor=page&colour=red, colour",
    "processor=page&concurrency=many, concurrency",
    "processor=page&concurrency=-1, limits.concurrency",
    "processor=page&priority=1.5, priority",
    "processor=page&start_at=now, start_at",
    "processor=page&metadata=7, metadata",
    "processor=page&metadata=%7B%7D&metadata.a=b, metadata",
    "processor=page&options.colour=red, options.colour",
    "processor=page&on_bad_line=ignore, on_bad_line",
    "processor=page&processor=page, processor",
    "processor=page&name=%00, name",
  })
  void what_is_wrong_in_a_query_is_named(String query, String field) {
    assertInvalid(house.post("/v1/batches?" + query, BatchHouse.NDJSON, "\"a\"\n"), field);
    assertNothingStored();
  }

  @ParameterizedTest
  @ValueSource(strings = {"text/plain", "application/xml", "text/csv; charset=iso-8859-1"})
  void other_media_types_are_refused(String type) {
    Reply reply = house.post("/v1/batches?processor=page", type, "url\na\n");
    assertThat(reply.status()).isEqualTo(415);
    assertThat(reply.code()).isEqualTo("unsupported-media-type");
  }

  @Test
  void a_batch_without_items_is_refused() {
    assertThat(house.post("/v1/batches?processor=page", BatchHouse.NDJSON, "\n").code())
        .isEqualTo("invalid-items");
    Reply json = house.client.post("/v1/batches", "{\"processor\":\"page\",\"items\":[]}");
    assertThat(json.status()).isEqualTo(422);
    assertThat(json.json().path("errors").path(0).path("pointer").asString()).isEqualTo("/items");
  }

  @Test
  void too_many_items_are_too_large() {
    Reply reply =
        house.post("/v1/batches?processor=page", BatchHouse.NDJSON, "\"x\"\n".repeat(100_001));
    assertThat(reply.status()).isEqualTo(413);
    assertNothingStored();
  }

  @Test
  void a_repeated_stream_gets_the_first_answer() {
    String[] key = {"Idempotency-Key", "once"};
    String path = "/v1/batches?processor=page";
    Reply first = house.post(path, BatchHouse.NDJSON, "\"a\"\n", key);
    Reply again = house.post(path, BatchHouse.NDJSON, "\"a\"\n", key);
    assertThat(again.text()).isEqualTo(first.text());
    assertThat(again.header("Idempotency-Replayed")).isEqualTo("true");
    assertThat(again.header("Location")).isEqualTo(first.header("Location"));
    assertThat(house.post(path, BatchHouse.NDJSON, "\"b\"\n", key).code())
        .isEqualTo("idempotency-conflict");
    assertThat(house.count("batch")).isEqualTo(1);
  }

  @Test
  void a_refused_stream_leaves_a_connection_that_works() {
    String bad = "7\n".repeat(30_000);
    for (int i = 0; i < 3; i++) {
      assertThat(house.post("/v1/batches?processor=page", BatchHouse.NDJSON, bad).status())
          .isEqualTo(422);
    }
    assertThat(house.post("/v1/batches?processor=page", BatchHouse.NDJSON, "\"a\"").status())
        .isEqualTo(202);
  }

  @Test
  void a_client_that_disconnects_midway_leaves_nothing() throws IOException {
    try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), house.server.port())) {
      OutputStream out = socket.getOutputStream();
      String line = "{\"input\":{\"url\":\"u\"}}\n".repeat(20_000);
      out.write(
          ("POST /v1/batches?processor=page HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer "
                  + house.admin
                  + "\r\nContent-Type: application/x-ndjson\r\nContent-Length: 99999999\r\n\r\n"
                  + line)
              .getBytes(StandardCharsets.UTF_8));
      out.flush();
    }
    house.awaitNoOpenTransaction();
    assertNothingStored();
    assertThat(house.post("/v1/batches?processor=page", BatchHouse.NDJSON, "\"a\"").status())
        .isEqualTo(202);
  }

  @Test
  void credits_that_do_not_cover_it_leave_nothing() {
    house.database.useTransaction(tx ->
        tx.update("update account set unlimited = false, granted = reserved + charged + 3")
            .execute());
    try {
      Reply reply = house.post("/v1/batches?processor=page", BatchHouse.NDJSON, "\"a\"\n\"b\"");
      assertThat(reply.status()).isEqualTo(402);
      assertThat(reply.json().path("needed").asInt()).isEqualTo(4);
      assertThat(reply.json().path("available").asInt()).isEqualTo(3);
    } finally {
      house.database.useTransaction(
          tx -> tx.update("update account set unlimited = true").execute());
    }
    assertNothingStored();
  }

  private static void assertInvalid(Reply reply, String field) {
    assertThat(reply.status()).as(reply.text()).isEqualTo(400);
    assertThat(reply.code()).isEqualTo("invalid-request");
    JsonNode error = reply.json().path("errors").path(0);
    assertThat(error.path("field").asString(null)).as(reply.text()).isEqualTo(field);
    assertThat(error.path("message").asString()).isNotEmpty();
  }

  private static void assertNothingStored() {
    assertThat(house.count("batch")).isZero();
    assertThat(house.count("item")).isZero();
  }

  private static Reply form(String... parts) {
    return house.post(
        "/v1/batches", "multipart/form-data; boundary=xyz", String.join("", parts) + "--xyz--\r\n");
  }

  private static String part(String name, String type, String more, String content) {
    return "--xyz\r\nContent-Disposition: form-data; name=\"%s\"%s\r\nContent-Type: %s\r\n\r\n%s\r\n"
        .formatted(name, more, type, content);
  }
}
