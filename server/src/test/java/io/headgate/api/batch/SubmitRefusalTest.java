package io.headgate.api.batch;

import static org.assertj.core.api.Assertions.assertThat;

import io.headgate.http.TestClient.HttpReply;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Submits that are refused or interrupted, and store nothing. */
class SubmitRefusalTest extends SubmitCase {

  @Test
  void json_that_nests_too_deep_and_lines_that_are_too_long_are_refused() {
    String deep = "{\"a\":" + "[".repeat(100) + "]".repeat(100) + "}";
    assertThat(server.post("/v1/batches?processor=page", BatchTestServer.NDJSON, deep).status())
        .isEqualTo(422);
    assertThat(
            server
                .client
                .post("/v1/batches", "{\"processor\":\"page\",\"items\":[" + deep + "]}")
                .status())
        .isEqualTo(400);
    HttpReply longLine =
        server.post(
            "/v1/batches?processor=page",
            BatchTestServer.NDJSON,
            "\"" + "x".repeat(2_000_000) + "\"\n\"a\"\n");
    assertThat(longLine.status()).isEqualTo(422);
    assertThat(longLine.json().path("errors").path(0).path("line").asInt()).isEqualTo(1);
    assertNothingStored();
  }

  @Test
  void a_bad_line_is_named_and_leaves_nothing() {
    HttpReply reply =
        server.post(
            "/v1/batches?processor=page",
            BatchTestServer.NDJSON,
            "\"ok\"\n{\"input\":{\"url\":5}}\nnonsense\n");
    assertThat(reply.status()).isEqualTo(422);
    assertThat(reply.code()).isEqualTo("invalid-items");
    assertThat(reply.json().path("errors").toString())
        .isEqualTo(
            "[{\"pointer\":\"/input/url\",\"line\":2,\"field\":\"input.url\","
                + "\"message\":\"must be a string\"},{\"pointer\":\"\",\"line\":3,"
                + "\"message\":\"must be a JSON object or a JSON string\"}]");
    HttpReply json =
        server.client.post(
            "/v1/batches", "{\"processor\":\"page\",\"items\":[\"ok\",{\"input\":{\"url\":5}}]}");
    assertThat(json.status()).isEqualTo(422);
    assertThat(json.json().path("errors").path(0).path("pointer").asString())
        .isEqualTo("/items/1/input/url");
    assertNothingStored();
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
        server.client.post("/v1/batches", body == null ? "" : body.replace('\'', '"')), field);
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
    assertInvalid(server.post("/v1/batches?" + query, BatchTestServer.NDJSON, "\"a\"\n"), field);
    assertNothingStored();
  }

  @ParameterizedTest
  @ValueSource(strings = {"text/plain", "application/xml", "text/csv; charset=iso-8859-1"})
  void other_media_types_are_refused(String type) {
    HttpReply reply = server.post("/v1/batches?processor=page", type, "url\na\n");
    assertThat(reply.status()).isEqualTo(415);
    assertThat(reply.code()).isEqualTo("unsupported-media-type");
  }

  @Test
  void a_batch_without_items_is_refused() {
    assertThat(server.post("/v1/batches?processor=page", BatchTestServer.NDJSON, "\n").code())
        .isEqualTo("invalid-items");
    HttpReply json = server.client.post("/v1/batches", "{\"processor\":\"page\",\"items\":[]}");
    assertThat(json.status()).isEqualTo(422);
    assertThat(json.json().path("errors").path(0).path("pointer").asString()).isEqualTo("/items");
  }

  @Test
  void too_many_items_are_too_large() {
    HttpReply reply =
        server.post(
            "/v1/batches?processor=page", BatchTestServer.NDJSON, "\"x\"\n".repeat(100_001));
    assertThat(reply.status()).isEqualTo(413);
    assertNothingStored();
  }

  @Test
  void a_refused_stream_leaves_a_connection_that_works() {
    String bad = "7\n".repeat(30_000);
    for (int i = 0; i < 3; i++) {
      assertThat(server.post("/v1/batches?processor=page", BatchTestServer.NDJSON, bad).status())
          .isEqualTo(422);
    }
    assertThat(server.post("/v1/batches?processor=page", BatchTestServer.NDJSON, "\"a\"").status())
        .isEqualTo(202);
  }

  @Test
  void a_client_that_disconnects_midway_leaves_nothing() throws IOException {
    try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), server.server.port())) {
      OutputStream out = socket.getOutputStream();
      String line = "{\"input\":{\"url\":\"u\"}}\n".repeat(20_000);
      out.write(
          ("POST /v1/batches?processor=page HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer "
                  + server.admin
                  + "\r\nContent-Type: application/x-ndjson\r\nContent-Length: 99999999\r\n\r\n"
                  + line)
              .getBytes(StandardCharsets.UTF_8));
      out.flush();
    }
    server.awaitNoOpenTransaction();
    assertNothingStored();
    assertThat(server.post("/v1/batches?processor=page", BatchTestServer.NDJSON, "\"a\"").status())
        .isEqualTo(202);
  }

  @Test
  void credits_that_do_not_cover_it_leave_nothing() {
    server.database.useTransaction(tx ->
        tx.update("update account set unlimited = false, granted = reserved + charged + 3")
            .execute());
    try {
      HttpReply reply =
          server.post("/v1/batches?processor=page", BatchTestServer.NDJSON, "\"a\"\n\"b\"");
      assertThat(reply.status()).isEqualTo(402);
      assertThat(reply.json().path("needed").asInt()).isEqualTo(4);
      assertThat(reply.json().path("available").asInt()).isEqualTo(3);
    } finally {
      server.database.useTransaction(
          tx -> tx.update("update account set unlimited = true").execute());
    }
    assertNothingStored();
  }
}
