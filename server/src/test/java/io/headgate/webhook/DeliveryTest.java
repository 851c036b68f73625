package io.headgate.webhook;

import static org.assertj.core.api.Assertions.assertThat;

import com.standardwebhooks.Webhook;
import io.headgate.Await;
import io.headgate.batch.Caller;
import io.headgate.engine.EngineFixture;
import io.headgate.outbound.Site;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CountDownLatch;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Delivery of events to endpoints: in order, at least once, independently of other endpoints. */
@Tag("slow")
class DeliveryTest extends WebhookTestBase {

  private static final Duration TIMEOUT = Duration.ofSeconds(20);

  @Test
  void the_library_of_standard_webhooks_verifies_the_signature() throws Exception {
    Endpoint.CreatedEndpoint made = endpoint("/hook", "batch.completed");
    completeBatches(1);
    // The verifier accepts only timestamps within five minutes of the clock of this machine.
    fixture.advance(Duration.between(fixture.now(), Instant.now()));
    deliver();

    Receiver.ReceivedMessage got = receiver.receivedAt("/hook").getFirst();
    new Webhook(made.secret()).verify(got.text(), got.headers());
    assertThat(got.headers().getFirst("Content-Type")).isEqualTo("application/json");
  }

  @Test
  void one_endpoint_gets_everything_in_order_over_several_runs() {
    endpoint("/hook", "batch.started", "batch.completed");
    List<String> expected = new ArrayList<>();
    for (int i = 0; i < 150; i++) {
      String batch = fixture.submit(1).toString();
      runToEnd(UUID.fromString(batch), EngineFixture.SUCCESS);
      expected.add(batch + " batch.started");
      expected.add(batch + " batch.completed");
    }
    deliver();

    assertThat(
            bodies("/hook").stream()
                .map(body ->
                    body.at("/data/batch_id").stringValue() + " " + body.get("type").stringValue()))
        .containsExactlyElementsOf(expected);
    assertThat(ids("/hook")).doesNotHaveDuplicates();
  }

  @Test
  void a_failed_event_is_sent_again_under_the_same_id_and_delays_later_ones() {
    Endpoint endpoint = endpoint("/hook", "batch.completed").endpoint();
    receiver.respond(500, Map.of(), "out of order");
    completeBatches(2);
    deliver();
    assertThat(ids("/hook")).hasSize(1);
    assertThat(lastAttempt(endpoint).error()).isEqualTo("the receiver responded with 500");
    assertThat(lastAttempt(endpoint).response()).isEqualTo("out of order");

    receiver.respondWith(Receiver.ACCEPTS);
    deliver();
    assertThat(ids("/hook")).hasSize(1);
    fixture.advance(Duration.ofSeconds(5));
    deliver();

    assertThat(ids("/hook")).hasSize(3);
    assertThat(ids("/hook").get(1))
        .isEqualTo(ids("/hook").get(0))
        .isNotEqualTo(ids("/hook").get(2));
    assertThat(deliveryLog(endpoint)).allMatch(d -> d.state() == Delivery.DeliveryState.DELIVERED);
    assertThat(deliveryLog(endpoint).getLast().attempts())
        .extracting(DeliveryAttempt::status)
        .containsExactly(500, 204);
    assertThat(current(endpoint).statistics().delivered()).isEqualTo(2);
    assertThat(current(endpoint).statistics().failed()).isEqualTo(1);
  }

  @Test
  void the_status_decides_however_long_or_broken_the_body_behind_it_is() {
    Endpoint endpoint = endpoint("/hook", "batch.completed").endpoint();
    receiver.respond(200, Map.of(), "fine ".repeat(300_000));
    completeBatches(1);
    deliver();
    receiver.respond(200, Map.of("Content-Encoding", "gzip"), "this is no gzip");
    completeBatches(1);
    deliver();
    receiver.respond(500, Map.of(), "alas ".repeat(300_000));
    completeBatches(1);
    deliver();

    assertThat(deliveryLog(endpoint).reversed())
        .extracting(Delivery::state)
        .containsExactly(
            Delivery.DeliveryState.DELIVERED,
            Delivery.DeliveryState.DELIVERED,
            Delivery.DeliveryState.PENDING);
    assertThat(lastAttempt(endpoint).error()).isEqualTo("the receiver responded with 500");
    assertThat(lastAttempt(endpoint).response()).startsWith("alas alas");
  }

  @Test
  void a_receiver_that_asks_for_more_time_gets_it() {
    Endpoint endpoint = endpoint("/hook", "batch.completed").endpoint();
    receiver.respond(503, Map.of("Retry-After", "120"), "");
    completeBatches(1);
    deliver();

    assertThat(deliveryLog(endpoint).getFirst().nextAttemptAt())
        .isEqualTo(fixture.now().plusSeconds(120));
  }

  @Test
  void a_redirect_is_a_failure_and_is_not_followed() {
    Endpoint endpoint = endpoint("/hook", "batch.completed").endpoint();
    receiver.respond(307, Map.of("Location", "/elsewhere"), "");
    completeBatches(1);
    deliver();

    assertThat(receiver.receivedAt("/elsewhere")).isEmpty();
    assertThat(lastAttempt(endpoint).error())
        .isEqualTo("the receiver responded with 307, and redirects are not followed");
  }

  @Test
  void a_redelivery_has_the_same_id_and_body() {
    Endpoint endpoint = endpoint("/hook", "batch.completed").endpoint();
    completeBatches(1);
    deliver();
    Deliveries.Redelivery first =
        deliveries.redeliver(
            owner, endpoint.id(), deliveryLog(endpoint).getFirst().id(), (tx, done) -> {});
    Deliveries.Redelivery second =
        deliveries.redeliver(
            owner, endpoint.id(), deliveryLog(endpoint).getFirst().id(), (tx, done) -> {});
    deliver();

    assertThat(first).isInstanceOf(Deliveries.Redelivery.Requeued.class);
    assertThat(second).isInstanceOf(Deliveries.Redelivery.AlreadyPending.class);
    assertThat(ids("/hook")).hasSize(2);
    assertThat(receiver.receivedAt("/hook").getFirst().id())
        .isEqualTo(receiver.receivedAt("/hook").getLast().id());
    assertThat(bodies("/hook").getFirst()).isEqualTo(bodies("/hook").getLast());
    assertThat(deliveryLog(endpoint).getFirst().attempts()).hasSize(2);
  }

  @Test
  void an_endpoint_that_does_not_respond_delays_only_itself() throws InterruptedException {
    Caller other = fixture.account("other", null);
    CountDownLatch release = new CountDownLatch(1);
    receiver.respondWith(exchange -> {
      if (exchange.getRequestURI().getPath().equals("/dead")) {
        awaitQuietly(release);
      }
      Site.answer(exchange, 204, Map.of(), "");
    });
    endpoint("/dead", "batch.completed");
    endpoint("/alive", "batch.completed");
    endpoint(other, "/other", "batch.completed");
    completeBatches(3);
    runToEnd(fixture.submit(other, 1, EngineFixture.ORDER), EngineFixture.SUCCESS);
    deliverer.runOnce();
    Await.until(
        "the other endpoints have their events",
        TIMEOUT,
        () -> ids("/alive").size() == 3 && ids("/other").size() == 1);

    assertThat(ids("/dead")).hasSize(1);
    release.countDown();
    deliverer.awaitIdle();
    assertThat(ids("/dead")).hasSize(3);
  }

  private static void awaitQuietly(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  @Test
  void an_event_whose_message_cannot_be_built_is_a_failed_attempt_in_the_log() {
    Endpoint endpoint =
        endpoints
            .create(
                owner,
                new Endpoint.EndpointSettings(
                    receiver.url("/hook"),
                    List.of("batch.completed"),
                    "speechless",
                    SignatureScheme.NONE,
                    null),
                (tx, made) -> {})
            .endpoint();
    deliverer.add(new BrokenFormat());
    completeBatches(1);
    deliver();

    assertThat(lastAttempt(endpoint).error()).isEqualTo("the message could not be built");
    assertThat(receiver.receivedAt("/hook")).isEmpty();
    assertThat(deliveryLog(endpoint).getFirst().nextAttemptAt())
        .isEqualTo(fixture.now().plusSeconds(5));
  }

  /** A format that throws. */
  private static final class BrokenFormat implements WebhookFormat {

    @Override
    public String name() {
      return "speechless";
    }

    @Override
    public Optional<WebhookMessage> message(Endpoint endpoint, WebhookEvent event) {
      throw new IllegalStateException("This format builds no messages.");
    }

    @Override
    public RetrySchedule schedule() {
      return RetrySchedule.STANDARD;
    }

    @Override
    public Duration timeout() {
      return TIMEOUT;
    }
  }

  @Test
  void an_endpoint_without_pending_deliveries_gets_the_next_event_at_once() {
    endpoint("/hook", "batch.completed");
    int events = 200;
    publish(events);
    deliver();
    publish(1);
    deliver();

    assertThat(ids("/hook")).hasSize(events + 1);
  }

  private void publish(int events) {
    JsonNode data = JsonMapper.shared().createObjectNode();
    IntStream.range(0, events).forEach(i -> deliveries.publish(owner, "batch.completed", data));
  }
}
