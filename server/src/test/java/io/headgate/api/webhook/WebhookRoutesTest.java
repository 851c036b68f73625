package io.headgate.api.webhook;

import static org.assertj.core.api.Assertions.assertThat;

import io.headgate.Await;
import io.headgate.LiveServer;
import io.headgate.config.ConfigKey;
import io.headgate.http.TestClient;
import io.headgate.processor.PageProcessor;
import io.headgate.webhook.Receiver;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import tools.jackson.databind.JsonNode;

/** Tests {@code /v1/webhooks} on a complete server with a real receiver. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class WebhookRoutesTest {

  private static final Duration TIMEOUT = Duration.ofSeconds(30);

  private final LiveServer server =
      new LiveServer(Map.of(ConfigKey.ALLOW_PRIVATE_TARGETS, "true"), new PageProcessor());
  private final Receiver receiver = new Receiver();
  private TestClient otherAccount = server.client;

  @BeforeAll
  void createOtherAccount() {
    JsonNode account = server.client.post("/v1/accounts", "{\"name\":\"other\"}").json();
    String key =
        server
            .client
            .post(
                "/v1/keys",
                "{\"name\":\"k\",\"account_id\":\"%s\"}".formatted(account.get("id").stringValue()))
            .json()
            .get("secret")
            .stringValue();
    otherAccount = server.client.withKey(key);
  }

  @AfterAll
  void close() {
    receiver.close();
    server.close();
  }

  private JsonNode create(String path, String more) {
    TestClient.HttpReply reply =
        server.client.post(
            "/v1/webhooks", "{\"url\":\"%s\"%s}".formatted(receiver.url(path), more));
    assertThat(reply.status()).as(reply.text()).isEqualTo(201);
    return reply.json();
  }

  private static String id(JsonNode created) {
    return created.get("id").stringValue();
  }

  @Test
  void the_secret_is_only_in_the_response_of_its_creation() {
    String id = id(create("/secret", ""));
    TestClient.HttpReply shown = server.client.get("/v1/webhooks/" + id);

    assertThat(shown.status()).isEqualTo(200);
    assertThat(shown.json().has("secret")).isFalse();
    assertThat(shown.json().get("events").size()).isEqualTo(6);
    assertThat(server.client.get("/v1/webhooks").text()).contains(id).doesNotContain("whsec_");
  }

  @Test
  void the_end_of_a_batch_is_delivered_and_listed() {
    String id = id(create("/delivered", ",\"events\":[\"batch.completed\"]"));
    String batch =
        id(
            server
                .client
                .post("/v1/batches", "{\"processor\":\"page\",\"items\":[\"a\",\"b\"]}")
                .json());
    Await.until(
        "the event is delivered",
        TIMEOUT,
        () -> deliveries(id).size() == 1 && settled(deliveries(id).get(0)));

    JsonNode delivery = deliveries(id).get(0);
    assertThat(delivery.get("batch_id").stringValue()).isEqualTo(batch);
    assertThat(delivery.at("/attempts/0/status").intValue()).isEqualTo(204);
    assertThat(receiver.ids("/delivered")).containsExactly(delivery.get("id").stringValue());
    assertThat(server.client.get("/v1/webhooks/" + id).json().get("delivered").intValue())
        .isEqualTo(1);
  }

  private JsonNode deliveries(String id) {
    return server.client.get("/v1/webhooks/" + id + "/deliveries").json().get("data");
  }

  private static boolean settled(JsonNode delivery) {
    return !delivery.get("state").stringValue().equals("pending");
  }

  @Test
  void a_test_event_is_delivered_and_can_be_redelivered_with_its_id() {
    String id = id(create("/test", ""));
    TestClient.HttpReply test = server.client.post("/v1/webhooks/" + id + "/test", null);
    assertThat(test.status()).as(test.text()).isEqualTo(202);
    String delivery = id(test.json());
    Await.until("the test event is delivered", TIMEOUT, () -> settled(deliveries(id).get(0)));

    String again = "/v1/webhooks/" + id + "/deliveries/" + delivery + "/redeliver";
    assertThat(server.client.post(again, null).status()).isEqualTo(202);
    Await.until(
        "the test event is delivered again",
        TIMEOUT,
        () -> receiver.receivedAt("/test").size() == 2);
    assertThat(receiver.ids("/test")).containsExactly(delivery, delivery);
    assertThat(receiver.types("/test")).containsOnly("webhook.test");
    String unknown = again.replace(delivery, id);
    assertThat(server.client.post(unknown, null).status()).isEqualTo(404);
  }

  @Test
  void a_paused_webhook_keeps_events_pending_and_a_pending_delivery_is_not_redelivered() {
    String id = id(create("/paused", ""));
    TestClient.HttpReply paused = server.client.post("/v1/webhooks/" + id + "/pause", null);
    assertThat(paused.json().get("state").stringValue()).isEqualTo("paused");
    String delivery = id(server.client.post("/v1/webhooks/" + id + "/test", null).json());
    TestClient.HttpReply again =
        server.client.post("/v1/webhooks/" + id + "/deliveries/" + delivery + "/redeliver", null);

    assertThat(again.status()).isEqualTo(409);
    assertThat(again.json().get("code").stringValue()).isEqualTo("nothing-to-do");
    assertThat(receiver.receivedAt("/paused")).isEmpty();
    server.client.post("/v1/webhooks/" + id + "/resume", null);
    Await.until(
        "the pending event is delivered",
        TIMEOUT,
        () -> receiver.receivedAt("/paused").size() == 1);
  }

  @Test
  void another_accounts_webhook_is_the_same_404_as_an_unknown_and_a_malformed_id() {
    String id = id(create("/mine", ""));
    String delivery = id(server.client.post("/v1/webhooks/" + id + "/test", null).json());
    for (String rest :
        List.of(
            "",
            "/deliveries",
            "/pause",
            "/resume",
            "/test",
            "/deliveries/" + delivery + "/redeliver")) {
      List<TestClient.HttpReply> replies =
          List.of(
              send(otherAccount, id, rest),
              send(server.client, "01990000-0000-7000-8000-000000000001", rest),
              send(server.client, "nonsense", rest));
      assertThat(replies).allMatch(reply -> reply.status() == 404);
      assertThat(replies.stream().map(TestClient.HttpReply::text).distinct()).hasSize(1);
    }
    assertThat(otherAccount.delete("/v1/webhooks/" + id).status()).isEqualTo(404);
    assertThat(server.client.get("/v1/webhooks/" + id).status()).isEqualTo(200);
  }

  private static TestClient.HttpReply send(TestClient client, String id, String rest) {
    String path = "/v1/webhooks/" + id + rest;
    return rest.isEmpty() || rest.equals("/deliveries")
        ? client.get(path)
        : client.post(path, null);
  }

  @Test
  void a_deleted_webhook_is_unknown() {
    String id = id(create("/deleted", ""));
    assertThat(server.client.delete("/v1/webhooks/" + id).status()).isEqualTo(204);
    assertThat(server.client.get("/v1/webhooks/" + id).status()).isEqualTo(404);
    assertThat(server.client.delete("/v1/webhooks/" + id).status()).isEqualTo(404);
  }

  @Test
  void wrong_input_is_named() {
    for (String body :
        List.of(
            "{}",
            "{\"url\":\"nonsense\"}",
            "{\"url\":\"ftp://example.com/\"}",
            "{\"url\":\"http://user:secret@127.0.0.1/\"}")) {
      TestClient.HttpReply reply = server.client.post("/v1/webhooks", body);
      assertThat(reply.status()).as(body).isEqualTo(400);
      assertThat(reply.json().at("/errors/0/field").stringValue()).isEqualTo("url");
    }
    TestClient.HttpReply events =
        server.client.post(
            "/v1/webhooks",
            "{\"url\":\"%s\",\"events\":[\"item.succeeded\"]}".formatted(receiver.url("/x")));
    assertThat(events.status()).isEqualTo(400);
    assertThat(events.json().at("/errors/0/field").stringValue()).isEqualTo("events");
    Map<String, String> reasons =
        Map.of(
            "[]", "must name at least one of batch.started, ",
            "[null]", "must contain only strings; got null",
            "[\"batch.started\",\"batch.complete\"]",
                "contains batch.complete, which is not an event, did you mean batch.completed?",
            "[\"Batch.Settled\"]",
                "contains Batch.Settled, which is not an event, did you mean batch.settled?",
            "[\"anything\"]",
                "contains anything, which is not an event; known events are batch.started, ");
    reasons.forEach((given, reason) -> {
      TestClient.HttpReply refused =
          server.client.post(
              "/v1/webhooks",
              "{\"url\":\"%s\",\"events\":%s}".formatted(receiver.url("/x"), given));
      assertThat(refused.status()).as(given).isEqualTo(400);
      assertThat(refused.json().at("/errors/0/message").stringValue()).startsWith(reason);
    });
  }

  @Test
  void a_repeat_with_the_same_idempotency_key_makes_no_second_one() {
    String body = "{\"url\":\"%s\"}".formatted(receiver.url("/once"));
    TestClient.HttpReply first =
        server.client.post("/v1/webhooks", body, "Idempotency-Key", "webhook-once");
    TestClient.HttpReply second =
        server.client.post("/v1/webhooks", body, "Idempotency-Key", "webhook-once");

    assertThat(second.text()).isEqualTo(first.text());
    assertThat(server.client.get("/v1/webhooks").text().split("/once\"", -1)).hasSize(2);
  }

  @Test
  void pages_go_from_new_to_old() {
    create("/page", "");
    create("/page", "");
    JsonNode first = server.client.get("/v1/webhooks?limit=1").json();
    JsonNode second =
        server
            .client
            .get("/v1/webhooks?limit=1&cursor=" + first.get("next_cursor").stringValue())
            .json();

    assertThat(id(second.at("/data/0"))).isLessThan(id(first.at("/data/0")));
  }
}
