package io.headgate.api.batch;

import static org.assertj.core.api.Assertions.assertThat;

import io.headgate.batch.AttemptResult;
import io.headgate.http.TestClient.HttpReply;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;

/**
 * An operation with an idempotency key stores its response in the transaction of its effect. These
 * tests make the response impossible to store: an operation that stored it later would take effect
 * without it, and again on a repeat.
 */
class RepeatedRequestTest {

  private static final BatchTestServer server = new BatchTestServer();
  private static final AttemptResult FAILURE =
      new AttemptResult.AttemptFailed("boom", "it went wrong", false, Optional.empty());

  @AfterAll
  static void close() {
    server.close();
  }

  @Test
  void a_resubmit_and_its_response_are_stored_together() {
    String id = cancelled();
    assertStoredTogether("/v1/batches/" + id + "/resubmit", null, () -> server.count("batch"));
  }

  @Test
  void a_bulk_cancel_and_its_response_are_stored_together() {
    assertStoredTogether(
        "/v1/batches/cancel", "{\"filter\":{\"name\":\"x\"}}", () -> server.count("operation"));
  }

  @Test
  void a_retry_and_its_response_are_stored_together() {
    String id = server.submit(2);
    server.settle(server.claim(2), FAILURE);
    assertStoredTogether("/v1/batches/" + id + "/retry", null, () -> server.count("deferred"));
  }

  @Test
  void a_cancel_of_items_and_its_response_are_stored_together() {
    String id = server.submit(2);
    assertStoredTogether(
        "/v1/batches/" + id + "/items/cancel",
        "{\"ordinals\":[1]}",
        () -> server.count("result where outcome = 'cancelled'"));
    server.client.post("/v1/batches/" + id + "/cancel", null);
  }

  @Test
  void a_new_key_and_its_response_are_stored_together() {
    assertStoredTogether("/v1/keys", "{\"name\":\"once\"}", () -> server.count("api_key"));
  }

  private static String cancelled() {
    String id = server.submit(2);
    server.client.post("/v1/batches/" + id + "/cancel", null);
    return id;
  }

  private static void assertStoredTogether(
      String path, @Nullable String body, Supplier<Integer> createdRows) {
    String key = UUID.randomUUID().toString();
    int before = createdRows.get();
    makeAnswersUnstorable();
    try {
      assertThat(post(path, body, key).status()).isEqualTo(500);
    } finally {
      makeAnswersStorable();
    }
    assertThat(createdRows.get()).as("no effect without a stored response").isEqualTo(before);

    HttpReply first = post(path, body, key);
    int after = createdRows.get();
    HttpReply again = post(path, body, key);

    assertThat(first.status()).isBetween(200, 202);
    assertThat(after).isGreaterThan(before);
    assertThat(again.text()).isEqualTo(first.text());
    assertThat(again.header("Idempotency-Replayed")).isEqualTo("true");
    assertThat(createdRows.get()).isEqualTo(after);
  }

  private static HttpReply post(String path, @Nullable String body, String key) {
    return server.client.post(path, body, "Idempotency-Key", key);
  }

  private static void makeAnswersUnstorable() {
    server.database.useTransaction(tx ->
        tx.update("alter table idempotency add constraint broken check (status is null) not valid")
            .execute());
  }

  private static void makeAnswersStorable() {
    server.database.useTransaction(
        tx -> tx.update("alter table idempotency drop constraint broken").execute());
  }
}
