package io.headgate.dialect.spidra;

import static org.assertj.core.api.Assertions.assertThat;

import io.headgate.Await;
import io.headgate.LiveServer;
import io.headgate.config.Key;
import io.headgate.dialect.Golden;
import io.headgate.http.TestClient;
import io.headgate.http.TestClient.Reply;
import java.util.HashMap;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The batches of the dialect {@code spidra}. */
class SpidraTest extends SpidraCase {

  @ParameterizedTest
  @ValueSource(strings = {"node-0.3.0", "node-0.4.0", "go-0.1.0", "n8n-0.1.0", "mcp-0.7.0"})
  void official_clients_are_answered_as_they_expect(String name) {
    try (LiveServer house = new LiveServer(Map.of(Key.SLOTS, "2"), work)) {
      new Golden(house, work, DESCRIPTION::check).play(SpidraTest.class, name + ".txt");
    }
  }

  @Test
  void what_cannot_be_obeyed_is_refused_with_its_reasons_and_stores_nothing() {
    TestClient by = account("careless", "");
    Map<String, String> reasons =
        new HashMap<>(
            Map.of(
                "{\"urls\":[\"ftp://a.invalid/\"]}", "urls[0]",
                "{\"urls\":[\"http://a.invalid/\",{\"url\":\"x\"}]}", "urls[1] must be a string",
                "{\"urls\":[\"http://127.0.0.1:1/\"]}", "private or internal address",
                "{\"urls\":[\"http://localhost/\"]}", "private or internal address",
                "{\"urls\":[\"http://a.invalid/\"],\"fullPageScreenshot\":true}",
                    "needs screenshot",
                "{\"urls\":[\"http://a.invalid/\"],\"proxyCountry\":\"de\"}", "needs useProxy",
                "{\"urls\":[\"http://a.invalid/\"],\"output\":\"xml\"}", "json or markdown",
                "{\"urls\":[\"http://a.invalid/\"],\"scrapeMode\":\"slow\"}", "default or fast",
                "{\"urls\":[\"http://a.invalid/\"],\"schema\":{\"type\":\"objekt\"}}",
                    "schema.type",
                "{\"urls\":[\"http://a.invalid/\"],\"cookies\":\"a\\nb\"}", "Cookie header"));
    reasons.put(
        "{\"urls\":[\"http://a.invalid/\"],\"schema\":{\"properties\":{\"a\":{\"x-selctor\":\"p\"}}}}",
        "schema.properties.a.x-selctor is not known here, did you mean x-selector?");
    reasons.forEach((body, reason) -> {
      Reply reply = by.post("/api/batch/scrape", body);
      assertThat(reply.status()).as(body).isEqualTo(422);
      assertThat(reply.json().path("errors").toString()).as(body).contains(reason);
    });
    assertThat(post(by, 51, "").status()).isEqualTo(422);
    for (String body : new String[] {"", "{", "[]", "{}", "{\"urls\":null}", "{\"urls\":1}"}) {
      assertThat(by.post("/api/batch/scrape", body).status()).as(body).isEqualTo(400);
    }
    assertThat(by.get("/api/batch/scrape").json().at("/pagination/total").intValue()).isZero();
  }

  @Test
  void failed_items_alone_are_retried_and_a_finished_batch_runs_again() {
    UUID batch = submit(client, 3, "");
    work.awaitStarted(batch, 3);
    work.succeed(batch, 0);
    work.fail(batch, 1);
    work.fail(batch, 2);
    awaitStatus(client, batch, "completed");
    work.forget(batch, 1);
    work.forget(batch, 2);
    String retry = "/api/batch/scrape/" + batch + "/retry";
    assertThat(client.post(retry, "no json at all").text())
        .isEqualTo("{\"status\":\"queued\",\"retriedCount\":2}");
    work.awaitStarted(batch, 3);
    Reply again = show(client, batch);
    assertThat(again.json().path("status").asString()).isEqualTo("running");
    assertThat(again.json().path("finishedAt").isNull()).isTrue();
    assertThat(again.json().path("failedCount").intValue()).isZero();
    assertThat(client.post(retry, null).status()).isEqualTo(400);
    work.fail(batch, 1);
    Await.until("one failed", LONG, () -> failed(batch) == 1);
    assertThat(client.post(retry, "").json().path("retriedCount").intValue()).isEqualTo(1);
    work.succeed(batch, 2);
    awaitStatus(client, batch, "completed");
  }

  private int failed(UUID batch) {
    return show(client, batch).json().path("failedCount").intValue();
  }

  @Test
  void pages_of_the_list_are_counted_and_hold_fifty_at_most() {
    TestClient by = account("lister", ",\"pending_limit\":1000");
    UUID last = new UUID(0, 0);
    for (int i = 0; i < 52; i++) {
      last = submit(by, 1, ",\"output\":\"markdown\"");
    }
    Reply first = by.get("/api/batch/scrape?page=1&limit=500");
    assertThat(first.json().at("/jobs/0/uuid").asString()).isEqualTo(last.toString());
    assertThat(first.json().path("jobs")).hasSize(50);
    assertThat(first.json().path("pagination").toString())
        .isEqualTo("{\"page\":1,\"limit\":50,\"total\":52,\"totalPages\":2}");
    assertThat(by.get("/api/batch/scrape?page=2&limit=50").json().path("jobs")).hasSize(2);
    assertThat(by.get("/api/batch/scrape/?page=9").json().path("jobs")).isEmpty();
    assertThat(by.get("/api/batch/scrape?page=0").status()).isEqualTo(400);
  }

  @Test
  void what_a_schema_says_beyond_what_is_known_here_is_a_warning() {
    Reply reply =
        client.post(
            "/api/batch/scrape",
            """
            {"urls":["http://a.invalid/"],"schema":{"type":"object",
             "properties":{"a":{"type":"string","x-order":1,"x-faker":"name"}}}}\
            """);
    assertThat(reply.status()).as(reply.text()).isEqualTo(202);
    assertThat(reply.json().path("schema_warnings").toString())
        .contains("properties.a.x-order", "x-faker", "is ignored");
  }

  @Test
  void a_batch_of_the_native_api_is_none_of_the_dialect() {
    String id = server.submit("worker", 1, "");
    assertThat(client.get("/api/batch/scrape/" + id).text())
        .isEqualTo(client.get("/api/batch/scrape/nonsense").text());
  }
}
