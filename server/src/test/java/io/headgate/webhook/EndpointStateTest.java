package io.headgate.webhook;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Endpoints that are paused, disabled after failures, and resumed. */
class EndpointStateTest extends WebhookTestBase {

  @Test
  void an_endpoint_that_refuses_every_time_is_disabled_and_goes_on_with_the_next_when_resumed() {
    Endpoint endpoint = endpoint("/hook", "batch.completed").endpoint();
    receiver.respond(500, Map.of(), "");
    completeBatches(2);
    int attempts = 0;
    while (current(endpoint).status().state() == Endpoint.EndpointState.ACTIVE && attempts < 100) {
      deliver();
      attempts++;
      fixture.advance(Duration.ofHours(24));
    }
    assertThat(attempts).isEqualTo(RetrySchedule.STANDARD.waits().size() + 1);
    assertThat(current(endpoint).status().reason())
        .isEqualTo("10 attempts failed, the last one because the receiver responded with 500");
    assertThat(deliveryLog(endpoint).getLast().state()).isEqualTo(Delivery.DeliveryState.FAILED);

    completeBatches(1);
    receiver.respondWith(Receiver.ACCEPTS);
    deliver();
    assertThat(ids("/hook")).hasSize(10);
    resume(endpoint);
    deliver();
    assertThat(ids("/hook")).hasSize(11);
    assertThat(deliveryLog(endpoint)).hasSize(2);
  }

  private void resume(Endpoint endpoint) {
    endpoints.change(
        owner,
        endpoint.id(),
        Endpoint.EndpointChange.of(Endpoint.EndpointState.ACTIVE),
        (tx, done) -> {});
  }

  @Test
  void an_endpoint_that_returns_410_is_disabled_at_once() {
    Endpoint endpoint = endpoint("/hook", "batch.completed").endpoint();
    receiver.respond(410, Map.of(), "");
    completeBatches(1);
    deliver();

    assertThat(current(endpoint).status().state()).isEqualTo(Endpoint.EndpointState.FAILED);
    assertThat(current(endpoint).status().reason())
        .isEqualTo("the receiver responded with 410 Gone");
  }

  @Test
  void a_paused_endpoint_gets_nothing_until_it_is_resumed_and_then_everything() {
    Endpoint endpoint = endpoint("/hook", "batch.completed").endpoint();
    endpoints.change(
        owner,
        endpoint.id(),
        Endpoint.EndpointChange.of(Endpoint.EndpointState.PAUSED),
        (tx, done) -> {});
    completeBatches(2);
    deliver();
    assertThat(ids("/hook")).isEmpty();
    resume(endpoint);
    deliver();
    assertThat(ids("/hook")).hasSize(2);
  }
}
