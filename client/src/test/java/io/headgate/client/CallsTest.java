package io.headgate.client;

import static org.assertj.core.api.Assertions.assertThat;

import io.headgate.client.WorkerExchange.AttemptReport;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class CallsTest extends ClientTestCase {

  private static final String BATCH = "/v1/batches/" + Samples.ID;

  @ParameterizedTest
  @MethodSource("calls")
  void every_call_has_its_method_and_path(
      String call, String response, Consumer<HeadgateClient> method) {
    server.respond(call, 200, response);

    method.accept(client);

    assertThat(server.received).hasSize(1);
  }

  static Stream<Arguments> calls() {
    String page = "{\"data\":[],\"next_cursor\":null}";
    String audit = "{\"ok\":true,\"batches\":1,\"items\":1,\"checks\":[]}";
    return Stream.of(
        call("GET " + BATCH + "/items", page, c -> c.items(Samples.ID, ItemFilter.ALL, first())),
        call("GET " + BATCH + "/items/3", item(), c -> c.item(Samples.ID, 3)),
        call("POST " + BATCH + "/pause", Samples.BATCH, c -> c.pause(Samples.ID)),
        call("POST " + BATCH + "/resume", Samples.BATCH, c -> c.resume(Samples.ID)),
        call(
            "POST " + BATCH + "/retry",
            "{\"retried\":6,\"batch\":" + Samples.BATCH + "}",
            c -> c.retry(Samples.ID)),
        call("POST " + BATCH + "/resubmit", Samples.BATCH, c -> c.resubmit(Samples.ID, true)),
        call("GET " + BATCH + "/audit", audit, c -> c.audit(Samples.ID)),
        call("GET /v1/audit", audit, HeadgateClient::audit),
        call("GET /v1/account", "{\"id\":\"a\"}", HeadgateClient::account),
        call("GET /v1/account/journal", page, c -> c.journal(first())),
        call("GET /v1/accounts", page, c -> c.accounts(first())),
        call("POST /v1/accounts", "{\"id\":\"a\"}", c -> c.createAccount("a", 10L)),
        call("POST /v1/accounts/a/grants", "{\"id\":\"a\"}", c -> c.grant("a", 5)),
        call("GET /v1/keys", page, c -> c.keys(first())),
        call(
            "POST /v1/keys",
            "{\"id\":\"k\"}",
            c -> c.createKey(new NewKey("k", List.of("read"), null, null))),
        call("DELETE /v1/keys/k", "", c -> c.revokeKey("k")),
        call("GET /v1/processors", "[]", HeadgateClient::processors),
        call("GET /v1/operations/o", "{\"state\":\"running\"}", c -> c.operation("o")),
        call("GET /openapi.yaml", "openapi: 3.1.0", c -> c.text("/openapi.yaml")));
  }

  @Test
  void a_cancel_by_filter_sends_the_filter_and_returns_the_operation() {
    server.respond("POST /v1/batches/cancel", 202, "{\"operation_id\":\"o\",\"matched\":3}");

    BatchFilter filter = new BatchFilter(null, "scrape", null, Map.of("team", "a"), null, null);
    OperationHandle started = client.cancelAll(filter, CancelRequest.interrupt(5)).value();

    assertThat(started).isEqualTo(new OperationHandle("o", 3));
    assertThat(server.received.getFirst().body())
        .isEqualTo(
            "{\"filter\":{\"processor\":\"scrape\",\"metadata\":{\"team\":\"a\"}},"
                + "\"mode\":\"interrupt\",\"grace_seconds\":5}");
  }

  @Test
  void an_item_contains_its_attempts() {
    server.respond("GET " + BATCH + "/items/3", 200, item());

    Item item = client.item(Samples.ID, 3).value();

    assertThat(item.state()).isEqualTo(ItemState.FAILED);
    assertThat(item.error()).isEqualTo(new Item.ItemError("timeout", "took too long"));
    assertThat(item.attempts()).extracting(Item.ItemAttempt::number).containsExactly(1, 2);
  }

  @Test
  void a_worker_sends_results_and_receives_claims() {
    server.respond("POST /v1/workers/exchange", 200, exchangeResponse());

    WorkerExchange.ExchangeResponse response =
        settle(AttemptReport.succeeded(claim(), Json.MAPPER.readTree("{}")));

    assertThat(server.received.getFirst().body())
        .isEqualTo(
            "{\"worker\":\"w1\",\"processor\":\"worker\",\"slots\":8,\"settle\":[{\"token\":\"t1\","
                + "\"ordinal\":3,\"outcome\":\"succeeded\",\"output\":{}}]}");
    assertThat(response.claims()).extracting(WorkerExchange.Claim::token).containsExactly("t2");
    assertThat(response.interrupts())
        .containsExactly(
            new WorkerExchange.Interrupt("t3", "b", 5, Instant.parse("2026-11-21T10:00:00Z")));
    assertThat(response.refused())
        .containsExactly(new WorkerExchange.RejectedReport("t1", 3, "no such claim"));
  }

  @Test
  void a_worker_reports_whether_and_when_to_retry_a_failure() {
    server.respond("POST /v1/workers/exchange", 200, exchangeResponse());

    settle(
        AttemptReport.failed(
            claim(),
            new WorkerExchange.AttemptFailure("quota", "later", true, new BigDecimal("2.5"))));
    settle(
        AttemptReport.failed(
            claim(), WorkerExchange.AttemptFailure.permanent("gone", "no such page")));

    assertThat(server.received)
        .extracting(call -> Json.MAPPER.readTree(call.body()).at("/settle/0/error"))
        .containsExactly(
            Json.MAPPER.readTree(
                "{\"code\":\"quota\",\"message\":\"later\",\"retryable\":true,"
                    + "\"retry_after_seconds\":2.5}"),
            Json.MAPPER.readTree(
                "{\"code\":\"gone\",\"message\":\"no such page\",\"retryable\":false}"));
  }

  @Test
  void a_worker_reports_released_interrupted_and_running_items() {
    server.respond("POST /v1/workers/exchange", 200, exchangeResponse());

    settle(
        AttemptReport.released(claim()),
        AttemptReport.interrupted(claim()),
        AttemptReport.running(claim(), new Item.ItemProgress(0.5, "half")));

    assertThat(Json.MAPPER.readTree(server.received.getFirst().body()).get("settle"))
        .isEqualTo(
            Json.MAPPER.readTree(
                """
                [{"token":"t1","ordinal":3,"outcome":"released"},
                 {"token":"t1","ordinal":3,"outcome":"interrupted"},
                 {"token":"t1","ordinal":3,"progress":{"ratio":0.5,"message":"half"}}]
                """));
  }

  private WorkerExchange.ExchangeResponse settle(AttemptReport... settle) {
    return client.exchange(new WorkerExchange("w1", "worker", 8, null, List.of(settle))).value();
  }

  private static WorkerExchange.Claim claim() {
    return new WorkerExchange.Claim(
        "t1", "b", 3, null, 1, Json.MAPPER.readTree("\"x\""), null, null);
  }

  private static String exchangeResponse() {
    return """
    {"claims":[{"token":"t2","batch_id":"b","ordinal":4,"ref":null,"attempt":1,
      "input":{"x":1},"options":{},"deadline":"2026-11-21T10:00:00.000Z"}],
     "interrupts":[{"token":"t3","batch_id":"b","ordinal":5,"due_at":"2026-11-21T10:00:00.000Z"}],
     "refused":[{"token":"t1","ordinal":3,"reason":"no such claim"}]}
    """;
  }

  private static Arguments call(String call, String response, Consumer<HeadgateClient> method) {
    return Arguments.of(call, response, method);
  }

  private static PageRequest first() {
    return PageRequest.FIRST;
  }

  private static String item() {
    return """
    {"ordinal":3,"ref":"r","state":"failed","input":"x","output":null,"credits":0,
     "error":{"code":"timeout","message":"took too long"},"artifacts":[],"parent":null,
     "children":[],"progress":null,"started_at":"2026-11-21T10:00:00.000Z","finished_at":null,
     "attempts":[{"number":1,"node":"n","outcome":"failed"},{"number":2,"outcome":"failed"}]}
    """;
  }
}
