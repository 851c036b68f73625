package io.headgate;

import static org.assertj.core.api.Assertions.assertThat;

import io.headgate.http.TestClient;
import io.headgate.http.TestClient.HttpReply;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executors;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import tools.jackson.databind.JsonNode;

@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class RemoteWorkersTest {

  private final LiveServer server = new LiveServer();
  private final TestClient client = server.client;

  @AfterEach
  void the_audit_is_clean() {
    assertThat(LiveServer.violations(server.database)).isEmpty();
  }

  @AfterAll
  void stop() {
    server.close();
  }

  private static JsonNode exchange(
      TestClient by, String worker, int slots, int wait, String... settle) {
    HttpReply reply =
        by.post(
            "/v1/workers/exchange",
            "{\"worker\":\"%s\",\"slots\":%d,\"wait_seconds\":%d,\"settle\":[%s]}"
                .formatted(worker, slots, wait, String.join(",", settle)));
    assertThat(reply.status()).as(reply.text()).isEqualTo(200);
    return reply.json();
  }

  private JsonNode exchange(String worker, int slots, int wait, String... settle) {
    return exchange(client, worker, slots, wait, settle);
  }

  private static List<JsonNode> claims(JsonNode exchange) {
    return exchange.path("claims").valueStream().toList();
  }

  private static String settlement(JsonNode claim, String members) {
    return "{\"token\":\"%s\",\"ordinal\":%d,%s}"
        .formatted(claim.path("token").asString(), claim.path("ordinal").asInt(), members);
  }

  private static String succeeded(JsonNode claim) {
    return settlement(claim, "\"outcome\":\"succeeded\",\"output\":{\"sum\":1}");
  }

  private static String released(JsonNode claim) {
    return settlement(claim, "\"outcome\":\"released\"");
  }

  private JsonNode batch(String id) {
    return client.get("/v1/batches/" + id).json();
  }

  private static CompletableFuture<JsonNode> async(java.util.function.Supplier<JsonNode> call) {
    return CompletableFuture.supplyAsync(call, Executors.newVirtualThreadPerTaskExecutor());
  }

  @Test
  void a_worker_claims_what_it_has_slots_for_and_settles_it() {
    String id = server.submit("worker", 3, ",\"options\":{\"depth\":2}");
    List<JsonNode> first = claims(exchange("a", 2, 5));
    assertThat(first).hasSize(2);
    assertThat(first.getFirst().path("batch_id").asString()).isEqualTo(id);
    assertThat(first.getFirst().path("options").toString()).isEqualTo("{\"depth\":2}");
    assertThat(claims(exchange("a", 2, 0))).as("its slots are in use").isEmpty();
    List<JsonNode> rest =
        claims(exchange("a", 2, 5, succeeded(first.get(0)), succeeded(first.get(1))));
    assertThat(rest).hasSize(1);
    exchange("a", 0, 0, succeeded(rest.getFirst()));
    assertThat(batch(id).path("state").asString()).isEqualTo("completed");
    assertThat(client.get("/v1/batches/" + id + "/results").text()).contains("{\"sum\":1}");
  }

  @Test
  void a_failure_is_reported_as_the_worker_sent_it_and_a_release_is_not_an_attempt() {
    String id = server.submit("worker", 1, "");
    JsonNode claim = claims(exchange("b", 1, 5)).getFirst();
    JsonNode again = claims(exchange("b", 1, 5, released(claim))).getFirst();
    assertThat(again.path("attempt").asInt()).isEqualTo(1);
    exchange(
        "b",
        0,
        0,
        settlement(
            again,
            "\"outcome\":\"failed\",\"error\":{\"code\":\"no-fuel\",\"message\":\"empty\",\"retryable\":false}"));
    assertThat(client.get("/v1/batches/" + id + "/items/0").json().path("error").toString())
        .isEqualTo("{\"code\":\"no-fuel\",\"message\":\"empty\"}");
  }

  @Test
  void the_progress_a_worker_reports_is_shown_in_the_item() {
    String id = server.submit("worker", 1, "");
    JsonNode claim = claims(exchange("reports", 1, 5)).getFirst();
    exchange(
        "reports", 1, 0, settlement(claim, "\"progress\":{\"ratio\":0.5,\"message\":\"half\"}"));
    assertThat(client.get("/v1/batches/" + id + "/items/0").json().path("progress").toString())
        .contains("0.5", "half");
    exchange("reports", 0, 0, succeeded(claim));
  }

  @Test
  void a_worker_without_heartbeat_loses_its_items_and_its_late_results_are_refused() {
    String id = server.submit("worker", 1, "");
    JsonNode lost = claims(exchange("silent", 1, 5)).getFirst();
    JsonNode found = claims(exchange("patient", 1, 20)).getFirst();
    assertThat(found.path("attempt").asInt()).isEqualTo(2);
    JsonNode late = exchange("silent", 0, 0, succeeded(lost));
    assertThat(late.path("refused").path(0).path("token")).isEqualTo(lost.path("token"));
    assertThat(batch(id).path("counts").path("running").asInt()).isEqualTo(1);
    assertThat(exchange("patient", 0, 0, succeeded(found)).path("refused")).isEmpty();
    assertThat(batch(id).path("state").asString()).isEqualTo("completed");
  }

  @Test
  void an_interrupt_reaches_a_waiting_worker() {
    String id = server.submit("worker", 2, "");
    List<JsonNode> running = claims(exchange("c", 2, 5));
    CompletableFuture<JsonNode> waiting = async(() -> exchange("c", 2, 20));
    client.post("/v1/batches/" + id + "/cancel", "{\"mode\":\"interrupt\",\"grace_seconds\":20}");
    JsonNode response = waiting.orTimeout(5, java.util.concurrent.TimeUnit.SECONDS).join();
    assertThat(response.path("interrupts").valueStream().map(i -> i.path("ordinal").asInt()))
        .containsExactlyInAnyOrder(0, 1);
    exchange(
        "c",
        0,
        0,
        settlement(running.get(0), "\"outcome\":\"interrupted\""),
        succeeded(running.get(1)));
    assertThat(batch(id).path("state").asString()).isEqualTo("cancelled");
    assertThat(batch(id).path("counts").path("succeeded").asInt()).isEqualTo(1);
  }

  @Test
  void a_waiting_worker_is_notified_of_a_submit_within_100_ms() {
    List<Long> millis = new ArrayList<>();
    for (int round = 0; round < 7; round++) {
      String name = "waits-" + round;
      CompletableFuture<Long> receivedAt =
          async(() -> exchange(name, 1, 20))
              .thenApply(response -> {
                long at = System.nanoTime();
                exchange(name, 0, 0, succeeded(claims(response).getFirst()));
                return at;
              });
      Await.until(
          "the worker has joined",
          Duration.ofSeconds(5),
          () -> client.get("/v1/nodes").text().contains("\"" + name + "\""));
      server.submit("worker", 1, "");
      long submitted = System.nanoTime();
      millis.add((receivedAt.join() - submitted) / 1_000_000);
    }
    // The median, because a busy machine may delay some. Without a notification it would take 250
    // ms.
    assertThat(millis.stream().sorted().toList().get(3)).as(millis.toString()).isLessThan(100);
  }

  @Test
  void another_account_gets_nothing_and_can_settle_nothing() {
    JsonNode account = client.post("/v1/accounts", "{\"name\":\"other\"}").json();
    String secret =
        client
            .post(
                "/v1/keys",
                "{\"name\":\"k\",\"scopes\":[\"write\"],\"account_id\":\"%s\"}"
                    .formatted(account.path("id").asString()))
            .json()
            .path("secret")
            .asString();
    String id = server.submit("worker", 2, "");
    JsonNode mine = claims(exchange("d", 1, 5)).getFirst();
    TestClient otherAccount = client.withKey(secret);
    JsonNode response = exchange(otherAccount, "d", 10, 0, succeeded(mine));
    assertThat(claims(response)).isEmpty();
    assertThat(response.path("refused")).hasSize(1);
    exchange("d", 0, 0, succeeded(mine));
    client.post("/v1/batches/" + id + "/cancel", null);
    assertThat(batch(id).path("state").asString()).isEqualTo("cancelled");
  }

  @Test
  void an_attempt_past_its_deadline_has_failed() {
    String id =
        server.submit("worker", 1, ",\"limits\":{\"timeout_seconds\":0.2,\"max_attempts\":1}");
    JsonNode claim = claims(exchange("slow", 1, 5)).getFirst();
    assertThat(LiveServer.awaitEnd(client, id)).isEqualTo("failed");
    assertThat(client.get("/v1/batches/" + id + "/items/0").json().at("/error/code").asString())
        .isIn("timeout", "node-lost");
    assertThat(exchange("slow", 0, 0, succeeded(claim)).path("refused")).hasSize(1);
  }

  /** Invalid bodies, and the field that the error names. */
  private static final Map<String, String> REFUSED =
      Map.ofEntries(
          Map.entry("{}", "worker"),
          Map.entry("{\"worker\":\"\"}", "worker"),
          Map.entry("{\"worker\":\"a\\u0007\"}", "worker"),
          Map.entry("{\"worker\":\"w\",\"slots\":-1}", "slots"),
          Map.entry("{\"worker\":\"w\",\"slots\":10001}", "slots"),
          Map.entry("{\"worker\":\"w\",\"slots\":\"1\"}", "slots"),
          Map.entry("{\"worker\":\"w\",\"wait_seconds\":31}", "wait_seconds"),
          Map.entry("{\"worker\":\"w\",\"wait_seconds\":-1}", "wait_seconds"),
          Map.entry("{\"worker\":\"w\",\"processor\":\"http\"}", "processor"),
          Map.entry("{\"worker\":\"w\",\"processor\":\"none\"}", "processor"),
          Map.entry("{\"worker\":\"w\",\"settle\":[null]}", "settle"),
          Map.entry("{\"worker\":\"w\",\"more\":1}", "more"),
          Map.entry(line("\"ordinal\":0"), "settle.0.token"),
          Map.entry(line("\"token\":\"-1\",\"ordinal\":0"), "settle.0.token"),
          Map.entry(line("\"token\":\"99999999999999999999\",\"ordinal\":0"), "settle.0.token"),
          Map.entry(line("\"token\":\"1\""), "settle.0.ordinal"),
          Map.entry(line("\"token\":\"1\",\"ordinal\":-1"), "settle.0.ordinal"),
          Map.entry(line("\"token\":\"1\",\"ordinal\":0,\"outcome\":\"lost\""), "settle.0.outcome"),
          Map.entry(line("\"token\":\"1\",\"ordinal\":0,\"outcome\":\"failed\""), "settle.0.error"),
          Map.entry(
              line("\"token\":\"1\",\"ordinal\":0,\"outcome\":\"released\",\"output\":1"),
              "settle.0.output"),
          Map.entry(
              line(
                  "\"token\":\"1\",\"ordinal\":0,\"outcome\":\"succeeded\",\"output\":[\"\\ud800\"]"),
              "settle.0.output.0"),
          Map.entry(
              line(
                  "\"token\":\"1\",\"ordinal\":0,\"outcome\":\"failed\",\"error\":{\"code\":\"A B\",\"message\":\"\"}"),
              "settle.0.error.code"),
          Map.entry(
              line("\"token\":\"1\",\"ordinal\":0,\"progress\":{\"ratio\":2}"),
              "settle.0.progress.ratio"));

  @Test
  void an_invalid_body_is_refused_with_the_name_of_its_field() {
    REFUSED.forEach((body, field) -> {
      HttpReply reply = client.post("/v1/workers/exchange", body);
      assertThat(reply.status()).as(body).isEqualTo(400);
      assertThat(
              reply
                  .json()
                  .path("errors")
                  .valueStream()
                  .map(error -> error.path("field").asString(""))
                  .collect(Collectors.toList()))
          .as(body + " " + reply.text())
          .containsExactly(field);
    });
  }

  private static String line(String members) {
    return "{\"worker\":\"w\",\"settle\":[{" + members + "}]}";
  }

  @Test
  void servers_do_not_run_items_of_workers_and_report_the_processor_as_ready() {
    JsonNode worker =
        client
            .get("/v1/processors")
            .json()
            .valueStream()
            .filter(each -> each.path("name").asString().equals("worker"))
            .findFirst()
            .orElseThrow();
    assertThat(worker.path("ready").asBoolean()).isTrue();
    JsonNode nodes = client.get("/v1/nodes").json();
    JsonNode list = nodes.isArray() ? nodes : nodes.path("data");
    assertThat(list.valueStream().filter(node -> node.path("kind").asString("").equals("server")))
        .noneMatch(node -> node.path("processors").toString().contains("worker"));
  }
}
