package io.headgate.dialect.spidra;

import static org.assertj.core.api.Assertions.assertThat;

import io.headgate.Await;
import io.headgate.LiveServer;
import io.headgate.config.ConfigKey;
import io.headgate.dialect.GoldenPlayer;
import io.headgate.http.TestClient;
import io.headgate.http.TestClient.HttpReply;
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
  void official_clients_get_the_recorded_responses(String name) {
    try (LiveServer freshServer = new LiveServer(Map.of(ConfigKey.SLOTS, "2"), processor)) {
      new GoldenPlayer(freshServer, processor, DESCRIPTION::check)
          .play(SpidraTest.class, name + ".txt");
    }
  }

  @Test
  void an_invalid_submit_is_refused_with_its_reasons_and_stores_nothing() {
    TestClient user = account("careless", "");
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
        "schema.properties.a.x-selctor is unknown, did you mean x-selector?");
    reasons.forEach((body, reason) -> {
      HttpReply reply = user.post("/api/batch/scrape", body);
      assertThat(reply.status()).as(body).isEqualTo(422);
      assertThat(reply.json().path("errors").toString()).as(body).contains(reason);
    });
    assertThat(post(user, 51, "").status()).isEqualTo(422);
    for (String body : new String[] {"", "{", "[]", "{}", "{\"urls\":null}", "{\"urls\":1}"}) {
      assertThat(user.post("/api/batch/scrape", body).status()).as(body).isEqualTo(400);
    }
    assertThat(user.get("/api/batch/scrape").json().at("/pagination/total").intValue()).isZero();
  }

  @Test
  void failed_items_alone_are_retried_and_a_finished_batch_runs_again() {
    UUID batch = submit(client, 3, "");
    processor.awaitStarted(batch, 3);
    processor.succeed(batch, 0);
    processor.fail(batch, 1);
    processor.fail(batch, 2);
    awaitStatus(client, batch, "completed");
    processor.forget(batch, 1);
    processor.forget(batch, 2);
    String retry = "/api/batch/scrape/" + batch + "/retry";
    assertThat(client.post(retry, "no json at all").text())
        .isEqualTo("{\"status\":\"queued\",\"retriedCount\":2}");
    processor.awaitStarted(batch, 3);
    HttpReply again = show(client, batch);
    assertThat(again.json().path("status").asString()).isEqualTo("running");
    assertThat(again.json().path("finishedAt").isNull()).isTrue();
    assertThat(again.json().path("failedCount").intValue()).isZero();
    assertThat(client.post(retry, null).status()).isEqualTo(400);
    processor.fail(batch, 1);
    Await.until("one failed", TIMEOUT, () -> failed(batch) == 1);
    assertThat(client.post(retry, "").json().path("retriedCount").intValue()).isEqualTo(1);
    processor.succeed(batch, 2);
    awaitStatus(client, batch, "completed");
  }

  private int failed(UUID batch) {
    return show(client, batch).json().path("failedCount").intValue();
  }

  @Test
  void pages_of_the_list_are_counted_and_have_at_most_fifty_batches() {
    TestClient user = account("lister", ",\"pending_limit\":1000");
    UUID last = new UUID(0, 0);
    for (int i = 0; i < 52; i++) {
      last = submit(user, 1, ",\"output\":\"markdown\"");
    }
    HttpReply first = user.get("/api/batch/scrape?page=1&limit=500");
    assertThat(first.json().at("/jobs/0/uuid").asString()).isEqualTo(last.toString());
    assertThat(first.json().path("jobs")).hasSize(50);
    assertThat(first.json().path("pagination").toString())
        .isEqualTo("{\"page\":1,\"limit\":50,\"total\":52,\"totalPages\":2}");
    assertThat(user.get("/api/batch/scrape?page=2&limit=50").json().path("jobs")).hasSize(2);
    assertThat(user.get("/api/batch/scrape/?page=9").json().path("jobs")).isEmpty();
    assertThat(user.get("/api/batch/scrape?page=0").status()).isEqualTo(400);
  }

  @Test
  void unknown_schema_keywords_are_warnings() {
    HttpReply reply =
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
  void a_batch_of_the_native_api_is_not_found_by_the_dialect() {
    String id = server.submit("worker", 1, "");
    assertThat(client.get("/api/batch/scrape/" + id).text())
        .isEqualTo(client.get("/api/batch/scrape/nonsense").text());
  }
}
