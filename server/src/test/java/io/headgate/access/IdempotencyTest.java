package io.headgate.access;

import static org.assertj.core.api.Assertions.assertThat;

import io.headgate.api.admin.AdminTestServer;
import io.headgate.batch.Caller;
import io.headgate.http.ApiResponse;
import io.headgate.http.InputError;
import io.headgate.http.Operation;
import io.headgate.http.Problem;
import io.headgate.http.Request;
import io.headgate.http.Route;
import io.headgate.http.Scope;
import io.headgate.http.TestClient.HttpReply;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class IdempotencyTest {

  private interface FakeHandler {
    ApiResponse answer(Request request);
  }

  private record FakeOperation(Route route, FakeHandler work) implements Operation.KeyedOperation {
    @Override
    public Scope scope() {
      return Scope.WRITE;
    }

    @Override
    public ApiResponse handle(Request request, Caller caller) {
      return work.answer(request);
    }
  }

  private final AtomicInteger runs = new AtomicInteger();
  private final CountDownLatch started = new CountDownLatch(1);
  private final CountDownLatch mayEnd = new CountDownLatch(1);
  private final CountDownLatch torn = new CountDownLatch(1);
  private final AdminTestServer fixture =
      new AdminTestServer(
          new RateLimits(0, 0),
          new FakeOperation(Route.post("/count"), this::count),
          new FakeOperation(Route.post("/held"), this::held),
          new FakeOperation(Route.post("/broken"), r -> broken()),
          new FakeOperation(Route.post("/refused"), r -> refused()),
          new FakeOperation(Route.post("/torn"), this::torn));

  private ApiResponse count(Request request) {
    long bytes = length(request);
    ApiResponse answer =
        ApiResponse.json(202, Map.of("run", runs.incrementAndGet(), "bytes", bytes))
            .withHeader("Location", "/somewhere");
    fixture.database.useTransaction(tx -> request.recordResponse(tx, answer));
    return answer;
  }

  private static long length(Request request) {
    try {
      return request.stream().transferTo(OutputStream.nullOutputStream());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private ApiResponse held(Request request) {
    started.countDown();
    await(mayEnd);
    return ApiResponse.json(200, Map.of("held", true));
  }

  private static void await(CountDownLatch latch) {
    try {
      assertThat(latch.await(20, java.util.concurrent.TimeUnit.SECONDS)).isTrue();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }

  private ApiResponse broken() {
    runs.incrementAndGet();
    throw new IllegalStateException("on purpose");
  }

  private ApiResponse refused() {
    throw Problem.invalid(InputError.field("run", "was " + runs.incrementAndGet())).asException();
  }

  private ApiResponse torn(Request request) {
    try {
      return ApiResponse.json(200, Map.of("bytes", length(request)));
    } finally {
      torn.countDown();
    }
  }

  @AfterAll
  void stop() {
    fixture.close();
  }

  @Test
  void the_same_request_gets_the_same_answer_and_runs_once() {
    String body = "x".repeat(3_000_000);
    HttpReply first = fixture.client.post("/count", body, "Idempotency-Key", "a");
    HttpReply second = fixture.client.post("/count", body, "Idempotency-Key", "a");
    assertThat(first.status()).isEqualTo(202);
    assertThat(second.status()).isEqualTo(202);
    assertThat(second.text()).isEqualTo(first.text()).contains("\"bytes\":3000000");
    assertThat(second.header("Location")).isEqualTo("/somewhere");
    assertThat(first.header("Idempotency-Replayed")).isEmpty();
    assertThat(second.header("Idempotency-Replayed")).isEqualTo("true");
    assertThat(fixture.client.post("/count", body + "y", "Idempotency-Key", "a").code())
        .isEqualTo("idempotency-conflict");
    assertThat(fixture.client.post("/count?x=1", body, "Idempotency-Key", "a").code())
        .isEqualTo("idempotency-conflict");
    assertThat(fixture.client.post("/count", body, "Idempotency-Key", "b").text())
        .isNotEqualTo(first.text());
    assertThat(fixture.client.post("/count", body).text()).isNotEqualTo(first.text());
  }

  @Test
  void a_request_still_running_is_in_progress() {
    CompletableFuture<HttpReply> first =
        CompletableFuture.supplyAsync(
            () -> fixture.client.post("/held", "{}", "Idempotency-Key", "h"));
    await(started);
    HttpReply second = fixture.client.post("/held", "{}", "Idempotency-Key", "h");
    assertThat(second.status()).isEqualTo(409);
    assertThat(second.code()).isEqualTo("idempotency-in-progress");
    mayEnd.countDown();
    assertThat(first.join().status()).isEqualTo(200);
    assertThat(fixture.client.post("/held", "{}", "Idempotency-Key", "h").text())
        .isEqualTo("{\"held\":true}");
  }

  @Test
  void a_failure_of_the_server_is_not_stored() {
    int before = runs.get();
    fixture.client.post("/broken", "{}", "Idempotency-Key", "f");
    assertThat(fixture.client.post("/broken", "{}", "Idempotency-Key", "f").status())
        .isEqualTo(500);
    assertThat(runs.get()).isGreaterThanOrEqualTo(before + 2);
  }

  @Test
  void a_refusal_by_the_operation_is_stored() {
    HttpReply first = fixture.client.post("/refused", "{}", "Idempotency-Key", "r");
    HttpReply second = fixture.client.post("/refused", "{}", "Idempotency-Key", "r");
    assertThat(second.status()).isEqualTo(400);
    assertThat(second.text()).isEqualTo(first.text());
    assertThat(second.header("Content-Type")).isEqualTo("application/problem+json");
    assertThat(second.header("Idempotency-Replayed")).isEqualTo("true");
  }

  @Test
  void an_entry_left_by_a_dead_node_does_not_block_for_ever() {
    insertClaimOfNode("dead", "now() - interval '1 minute'");
    assertThat(fixture.client.post("/count", "{}", "Idempotency-Key", "dead").status())
        .isEqualTo(202);
    insertClaimOfNode("alive", "now()");
    assertThat(fixture.client.post("/count", "{}", "Idempotency-Key", "alive").status())
        .isEqualTo(409);
  }

  private void insertClaimOfNode(String key, String lastSeen) {
    fixture.database.useTransaction(tx -> {
      long node =
          tx.query(
                  """
                  insert into node (name, kind, slots, processors, lease_ms, started_at, last_seen_at)
                  values ('n', 'server', 1, '{}', 10000, now(), %s) returning id
                  """
                      .formatted(lastSeen))
              .mapTo(Long.class)
              .one();
      tx.update(
              """
              insert into idempotency (account_id, key, request_hash, node_id, created_at)
              select id, :key, '', :node, now() from account
              """)
          .bind("key", key)
          .bind("node", node)
          .execute();
    });
  }

  @Test
  void an_entry_older_than_a_day_is_deleted() {
    HttpReply first = fixture.client.post("/count", "{}", "Idempotency-Key", "old");
    makeOld("old");
    HttpReply second = fixture.client.post("/count", "{}", "Idempotency-Key", "old");
    assertThat(second.status()).isEqualTo(202);
    assertThat(second.text()).isNotEqualTo(first.text());
    makeOld("old");
    Idempotency idempotency = new Idempotency(fixture.database, fixture.clock, () -> null);
    assertThat(idempotency.deleteOld()).isEqualTo(1);
  }

  private void makeOld(String key) {
    fixture.database.useTransaction(tx ->
        tx.update(
                "update idempotency set created_at = now() - interval '25 hours' where key = :key")
            .bind("key", key)
            .execute());
  }

  @Test
  void a_client_that_disconnects_midway_leaves_no_entry() throws IOException {
    try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), fixture.server.port())) {
      String request =
          "POST /torn HTTP/1.1\r\nHost: localhost\r\nAuthorization: Bearer %s\r\nIdempotency-Key: torn\r\nContent-Length: 1000\r\n\r\nhalf"
              .formatted(fixture.admin);
      socket.getOutputStream().write(request.getBytes(StandardCharsets.US_ASCII));
      socket.getOutputStream().flush();
    }
    await(torn);
    HttpReply again = fixture.client.post("/torn", "{}", "Idempotency-Key", "torn");
    while (again.status() == 409) {
      again = fixture.client.post("/torn", "{}", "Idempotency-Key", "torn");
    }
    assertThat(again.text()).isEqualTo("{\"bytes\":2}");
  }

  @Test
  void an_invalid_idempotency_key_is_refused() {
    assertThat(fixture.client.post("/count", "{}", "Idempotency-Key", "x".repeat(256)).status())
        .isEqualTo(400);
    assertThat(fixture.client.post("/count", "{}", "Idempotency-Key", "a b").status())
        .isEqualTo(400);
  }

  @Test
  void accounts_do_not_see_each_others_entries() {
    HttpReply first = fixture.client.post("/count", "{}", "Idempotency-Key", "shared");
    HttpReply account = fixture.client.post("/v1/accounts", "{\"name\":\"second\"}");
    String key =
        fixture.newKey(
            fixture.client,
            "k",
            ",\"account_id\":\"" + account.json().path("id").asString() + "\"");
    HttpReply other = fixture.client.withKey(key).post("/count", "{}", "Idempotency-Key", "shared");
    assertThat(other.text()).isNotEqualTo(first.text());
    assertThat(UUID.fromString(account.json().path("id").asString()).version()).isEqualTo(7);
  }
}
