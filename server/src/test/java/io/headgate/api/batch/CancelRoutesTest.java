package io.headgate.api.batch;

import static org.assertj.core.api.Assertions.assertThat;

import io.headgate.engine.StartedAttempt;
import io.headgate.http.TestClient.HttpReply;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** Cancels of batches and items, retries and resubmits through the native API. */
class CancelRoutesTest extends BatchCase {

  @Test
  void a_repeated_cancel_returns_the_same_receipt() {
    String id = server.submit(10);
    List<StartedAttempt> claims = server.claim(2);
    JsonNode preview = client.post("/v1/batches/" + id + "/cancel?preview=true", null).json();
    assertThat(preview.toString())
        .isEqualTo(
            "{\"preview\":true,\"would_stop\":8,\"running\":2,\"would_refund\":16,"
                + "\"state\":\"running\"}");
    assertThat(client.get("/v1/batches/" + id + "/receipt").status()).isEqualTo(404);

    HttpReply first =
        client.post("/v1/batches/" + id + "/cancel", "{\"mode\":\"drain\",\"reason\":\"wrong\"}");
    assertThat(first.status()).isEqualTo(200);
    assertThat(first.json().path("counts").path("stopped").asInt()).isEqualTo(8);
    assertThat(client.post("/v1/batches/" + id + "/cancel", null).text()).isEqualTo(first.text());
    assertThat(client.get("/v1/batches/" + id + "/receipt").text()).isEqualTo(first.text());
    assertThat(client.get("/v1/batches/" + id + "/settlement").json().path("state").asString())
        .isEqualTo("settling");

    server.settle(claims, SUCCESS);
    JsonNode settlement = client.get("/v1/batches/" + id + "/settlement").json();
    assertThat(settlement.path("state").asString()).isEqualTo("settled");
    assertThat(settlement.path("succeeded").asInt()).isEqualTo(2);
    assertThat(settlement.path("credits").toString()).isEqualTo("{\"charged\":4,\"refunded\":0}");
    assertThat(settlement.path("items").path(0).path("outcome").asString()).isEqualTo("succeeded");
    assertThat(client.get("/v1/batches/" + id).json().path("state").asString())
        .isEqualTo("cancelled");
    for (String wrong :
        List.of("{\"mode\":\"stop\"}", "{\"grace_seconds\":-1}", "{\"what\":1}", "[]", "{")) {
      assertThat(client.post("/v1/batches/" + id + "/cancel", wrong).status()).isEqualTo(400);
    }
  }

  @Test
  void items_that_a_cancel_stopped_can_be_resubmitted() {
    String id = server.submit(10);
    List<StartedAttempt> claims = server.claim(2);
    client.post("/v1/batches/" + id + "/cancel", null);
    server.settle(claims, SUCCESS);

    HttpReply again = client.post("/v1/batches/" + id + "/resubmit", null);
    assertThat(again.status()).isEqualTo(202);
    assertThat(again.json().path("resubmitted_from").asString()).isEqualTo(id);
    assertThat(again.json().path("counts").path("total").asInt()).isEqualTo(8);
    assertThat(client.post("/v1/batches/" + id + "/resubmit?include=x", null).status())
        .isEqualTo(400);
    assertThat(client.post("/v1/batches/" + id + "/retry", null).code())
        .isEqualTo("batch-finished");
  }

  @Test
  void a_finished_batch_is_not_cancelled_but_its_failures_are_retried() {
    String id = server.submit(2);
    assertThat(client.post("/v1/batches/" + id + "/retry", null).code())
        .isIn("batch-not-finished", "nothing-to-do");
    List<StartedAttempt> claims = server.claim(2);
    server.settle(claims.subList(0, 1), SUCCESS);
    server.settle(claims.subList(1, 2), FAILURE);
    HttpReply finished = client.post("/v1/batches/" + id + "/cancel", null);
    assertThat(finished.status()).isEqualTo(409);
    assertThat(finished.code()).isEqualTo("batch-finished");
    assertThat(finished.json().path("state").asString()).isEqualTo("partial");
    assertThat(client.post("/v1/batches/" + id + "/pause", null).code())
        .isEqualTo("batch-finished");
    JsonNode retried = client.post("/v1/batches/" + id + "/retry", null).json();
    assertThat(retried.path("retried").asInt()).isEqualTo(1);
    assertThat(retried.path("batch").path("counts").path("pending").asInt()).isEqualTo(1);
  }

  @Test
  void single_items_are_cancelled_by_ordinal_and_ref() {
    String id = server.submit(5);
    HttpReply done =
        client.post("/v1/batches/" + id + "/items/cancel", "{\"ordinals\":[1],\"refs\":[\"r3\"]}");
    assertThat(done.text())
        .isEqualTo("{\"cancelled\":[1,3],\"skipped\":[],\"credits_refunded\":4}");
    JsonNode again =
        client.post("/v1/batches/" + id + "/items/cancel", "{\"ordinals\":[1]}").json();
    assertThat(again.path("skipped").path(0).path("state").asString()).isEqualTo("cancelled");
    for (String wrong :
        List.of(
            "",
            "{}",
            "{\"ordinals\":[]}",
            "{\"ordinals\":[-1]}",
            "{\"ordinals\":[\"a\"]}",
            "{\"refs\":[1]}",
            "{\"refs\":[null]}",
            "{\"refs\":[\"unknown\"]}",
            "{\"ordinals\":[99]}",
            "{\"ordinals\":[1],\"mode\":\"x\"}")) {
      HttpReply reply = client.post("/v1/batches/" + id + "/items/cancel", wrong);
      assertThat(reply.status()).as(wrong + reply.text()).isEqualTo(400);
    }
  }

  @Test
  void a_bulk_cancel_cancels_the_unfinished_batches_that_match() {
    String first = named("bulk");
    String second = named("bulk");
    named("spared");
    HttpReply started =
        client.post("/v1/batches/cancel", "{\"filter\":{\"name\":\"bulk\"},\"reason\":\"all\"}");
    assertThat(started.status()).isEqualTo(202);
    assertThat(started.json().path("matched").asInt()).isEqualTo(2);
    String operation = "/v1/operations/" + started.json().path("operation_id").asString();
    assertThat(client.get(operation).json().path("state").asString()).isEqualTo("running");
    server.engine.continueOperations();
    JsonNode done = client.get(operation).json();
    assertThat(done.path("state").asString()).isEqualTo("completed");
    assertThat(done.path("cancelled").asInt()).isEqualTo(2);
    assertThat(done.path("receipts").valueStream().map(r -> r.path("batch_id").asString()).toList())
        .containsExactlyInAnyOrder(first, second);
    for (String wrong :
        List.of(
            "{}",
            "{\"filter\":{}}",
            "{\"filter\":{\"state\":\"x\"}}",
            "{\"filter\":{\"x\":1}}",
            "{\"filter\":{\"metadata\":{\"a\":null}}}",
            "{\"filter\":{\"metadata\":{\"a\\u0000\":\"b\"}}}")) {
      HttpReply reply = client.post("/v1/batches/cancel", wrong);
      assertThat(reply.status()).as(wrong).isEqualTo(400);
      assertThat(reply.json().path("errors").get(0).path("field").asString())
          .as(wrong)
          .startsWith("filter");
    }
    assertSame404(
        List.of(client.get("/v1/operations/" + UUID.randomUUID()), client.get("/v1/operations/x")));
  }

  private String named(String name) {
    return server
        .post("/v1/batches?processor=page&name=" + name, BatchTestServer.NDJSON, "\"a\"")
        .json()
        .path("id")
        .asString();
  }
}
