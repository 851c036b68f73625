package io.headgate.api.batch;

import static org.assertj.core.api.Assertions.assertThat;

import io.headgate.engine.StartedAttempt;
import io.headgate.http.TestClient;
import io.headgate.http.TestClient.HttpReply;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

class BatchTest extends BatchCase {

  @Test
  void the_same_404_byte_for_byte_whatever_the_id() {
    String foreign = server.submit(1);
    JsonNode account = client.post("/v1/accounts", "{\"name\":\"other\"}").json();
    HttpReply key =
        client.post(
            "/v1/keys",
            "{\"name\":\"k\",\"account_id\":\"" + account.path("id").asString() + "\"}");
    TestClient other = client.withKey(key.json().path("secret").asString());
    for (String rest :
        List.of("", "/items", "/items/0", "/results", "/events", "/receipt", "/settlement")) {
      assertSame404(
          Stream.of(
                  foreign,
                  UUID.randomUUID().toString(),
                  "nonsense",
                  foreign.toUpperCase(java.util.Locale.ROOT))
              .map(id -> other.get("/v1/batches/" + id + rest))
              .toList());
    }
    for (String rest :
        List.of("/cancel", "/cancel?preview=true", "/pause", "/resume", "/retry", "/resubmit")) {
      assertSame404(
          Stream.of(foreign, UUID.randomUUID().toString(), "nonsense")
              .map(id -> other.post("/v1/batches/" + id + rest, null))
              .toList());
    }
    assertThat(
            other.post("/v1/batches/" + foreign + "/items/cancel", "{\"ordinals\":[0]}").status())
        .isEqualTo(404);
    assertSame404(
        Stream.of("0/x", "-1", "01", "1", "99999999999", "x")
            .map(ordinal -> client.get("/v1/batches/" + foreign + "/items/" + ordinal))
            .filter(reply -> !reply.text().contains("0/x"))
            .toList());
  }

  @Test
  void lists_are_filtered_and_paged_from_new_to_old() {
    List<String> ids = new ArrayList<>();
    for (int i = 0; i < 5; i++) {
      ids.addFirst(
          server
              .post(
                  "/v1/batches?processor=page&name=paged&metadata.team=" + (i % 2),
                  BatchTestServer.NDJSON,
                  "\"a\"")
              .json()
              .path("id")
              .asString());
    }
    JsonNode first = client.get("/v1/batches?name=paged&limit=2").json();
    String cursor = first.path("next_cursor").asString();
    JsonNode second = client.get("/v1/batches?name=paged&limit=2&cursor=" + cursor).json();
    JsonNode last =
        client
            .get("/v1/batches?name=paged&limit=2&cursor=" + second.path("next_cursor").asString())
            .json();
    assertThat(Stream.of(first, second, last).flatMap(page -> ids(page).stream()).toList())
        .isEqualTo(ids);
    assertThat(last.path("next_cursor").isNull()).isTrue();
    assertThat(ids(client.get("/v1/batches?name=paged&metadata.team=1").json())).hasSize(2);
    assertThat(ids(client.get("/v1/batches?name=paged&state=completed,failed").json())).isEmpty();
    assertThat(ids(client.get("/v1/batches?created_after=2036-01-01T00:00:00Z").json())).isEmpty();
    for (String wrong :
        List.of("state=done", "limit=0", "limit=501", "cursor=abc", "created_after=x", "what=1")) {
      HttpReply reply = client.get("/v1/batches?" + wrong);
      assertThat(reply.status()).as(wrong).isEqualTo(400);
      assertThat(reply.json().path("errors").path(0).path("field").asString())
          .isEqualTo(wrong.split("=", 2)[0]);
    }
    assertThat(client.get("/v1/batches?cursor=" + cursor.substring(1)).status()).isEqualTo(400);
  }

  private static List<String> ids(JsonNode page) {
    return page.path("data").valueStream().map(batch -> batch.path("id").asString()).toList();
  }

  @Test
  void items_show_the_state_of_each() {
    String id = oneOfEach();

    JsonNode items = client.get("/v1/batches/" + id + "/items").json().path("data");
    assertThat(items.valueStream().map(i -> i.path("state").asString()).toList())
        .containsExactly("succeeded", "failed", "running", "pending");
    assertThat(items.path(0).path("output").toString()).isEqualTo("{\"n\":1}");
    assertThat(items.path(0).path("credits").asInt()).isEqualTo(2);
    assertThat(items.path(1).path("error").toString())
        .isEqualTo("{\"code\":\"boom\",\"message\":\"it went wrong\"}");
    assertThat(items.path(1).path("attempts").path(0).path("outcome").asString())
        .isEqualTo("failed");
    assertThat(items.path(3).path("input").toString()).isEqualTo("{\"url\":\"u3\"}");
    assertThat(client.get("/v1/batches/" + id + "/items/1").json()).isEqualTo(items.path(1));
    assertThat(client.get("/v1/batches/" + id + "/items?state=failed").json().path("data"))
        .hasSize(1);
    JsonNode page = client.get("/v1/batches/" + id + "/items?limit=3").json();
    assertThat(
            client
                .get(
                    "/v1/batches/"
                        + id
                        + "/items?limit=3&cursor="
                        + page.path("next_cursor").asString())
                .json()
                .path("data")
                .path(0)
                .path("ordinal")
                .asInt())
        .isEqualTo(3);
    assertThat(client.get("/v1/batches/" + id + "/items?state=Failed").status()).isEqualTo(400);
  }

  /** A batch with one succeeded, one failed, one running and one pending item. */
  private String oneOfEach() {
    String id = server.submit(4);
    List<StartedAttempt> claims = server.claim(2);
    server.settle(claims.subList(0, 1), SUCCESS);
    server.settle(claims.subList(1, 2), FAILURE);
    server.claim(1);
    return id;
  }

  @Test
  void results_contain_each_settled_item() {
    String id = oneOfEach();

    HttpReply results = client.get("/v1/batches/" + id + "/results");
    assertThat(results.header("Content-Type")).isEqualTo(BatchTestServer.NDJSON);
    List<String> lines = results.text().lines().toList();
    assertThat(lines).hasSize(2);
    assertThat(lines.getFirst())
        .contains("\"ordinal\":0", "\"output\":{\"n\":1}", "\"ref\":\"r0\"");
    String position = lines.getFirst().replaceAll(".*\"position\":\"([^\"]*)\".*", "$1");
    assertThat(client.get("/v1/batches/" + id + "/results?after=" + position).text().lines())
        .containsExactly(lines.getLast());
    assertThat(client.get("/v1/batches/" + id + "/results?state=failed").text().lines()).hasSize(1);
    List<String> csv =
        client.get("/v1/batches/" + id + "/results", "Accept", "text/csv").text().lines().toList();
    assertThat(csv.getFirst()).startsWith("position,ordinal,ref,state,output");
    for (String other :
        List.of("text/csv;q=0.1, application/x-ndjson", "text/csv;q=0", "*/*", "x")) {
      assertThat(
              client.get("/v1/batches/" + id + "/results", "Accept", other).header("Content-Type"))
          .as(other)
          .isEqualTo("application/x-ndjson");
    }
    assertThat(csv.get(1)).contains(",0,r0,succeeded,\"{\"\"n\"\":1}\",");
    for (String wrong :
        List.of("after=x", "follow=yes", "state=done", "state=pending", "limit=1")) {
      assertThat(client.get("/v1/batches/" + id + "/results?" + wrong).status()).isEqualTo(400);
    }
  }

  @Test
  void pause_and_resume_return_the_batch_each_time() {
    String id = server.submit(1);
    for (int i = 0; i < 2; i++) {
      assertThat(
              client.post("/v1/batches/" + id + "/pause", null).json().path("paused").asBoolean())
          .isTrue();
    }
    for (int i = 0; i < 2; i++) {
      assertThat(
              client.post("/v1/batches/" + id + "/resume", null).json().path("paused").asBoolean())
          .isFalse();
    }
  }
}
