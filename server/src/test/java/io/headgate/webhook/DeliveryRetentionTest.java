package io.headgate.webhook;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.json.JsonMapper;

/** Deletion of old deliveries: the log does not grow without bound. */
@Tag("slow")
class DeliveryRetentionTest extends WebhookTestBase {

  @Test
  void old_deliveries_are_deleted_in_steps() {
    Endpoint endpoint = endpoint("/hook", "batch.completed").endpoint();
    fixture.database.useTransaction(tx ->
        tx.update(OLD_DELIVERIES)
            .bind("endpoint", endpoint.id())
            .bind("many", 2 * Deliveries.ROWS_PER_DELETE + 1)
            .execute());
    publish();
    int steps = 0;
    while (deliveries.deleteOld()) {
      steps++;
    }

    assertThat(steps).isGreaterThan(1);
    assertThat(deliveryLog(endpoint))
        .singleElement()
        .matches(d -> d.state() == Delivery.DeliveryState.PENDING);
  }

  /** Their ids are older than any bound. */
  private static final String OLD_DELIVERIES =
      """
      insert into webhook_delivery (endpoint_id, event_id, kind, at, data, due_at, state, settled_at)
      select :endpoint, lpad(to_hex(n), 32, '0')::uuid, 'batch.completed', now(), '{}', now(), 'delivered', now()
      from generate_series(1, :many) n
      """;

  @Test
  void pending_deliveries_of_a_paused_endpoint_are_kept_for_a_month() {
    Endpoint endpoint = endpoint("/hook", "batch.completed").endpoint();
    endpoints.change(
        owner,
        endpoint.id(),
        Endpoint.EndpointChange.of(Endpoint.EndpointState.PAUSED),
        (tx, done) -> {});
    publish();
    fixture.advance(
        Duration.between(fixture.now(), Instant.now())
            .plus(Deliveries.PENDING_RETENTION)
            .minusHours(1));
    deliveries.deleteOld();
    assertThat(deliveryLog(endpoint)).hasSize(1);
    fixture.advance(Duration.ofHours(2));
    deliveries.deleteOld();

    assertThat(deliveryLog(endpoint)).isEmpty();
  }

  private void publish() {
    deliveries.publish(owner, "batch.completed", JsonMapper.shared().createObjectNode());
  }

  @Test
  void old_deliveries_and_those_of_deleted_endpoints_are_deleted() {
    Endpoint old = endpoint("/hook", "batch.completed").endpoint();
    Endpoint deleted = endpoint("/hook", "batch.completed").endpoint();
    publish();
    deliver();
    endpoints.delete(owner, deleted.id());
    assertThat(endpoints.find(owner, deleted.id())).isEmpty();
    fixture.advance(Duration.between(fixture.now(), Instant.now()).plus(Deliveries.LOG_RETENTION));
    deliveries.deleteOld();
    deliveries.deleteOld();

    assertThat(deliveryLog(old)).isEmpty();
    assertThat(
            fixture.database.<Long>read(
                tx -> tx.query("select count(*) from webhook_endpoint").mapTo(Long.class).one()))
        .isEqualTo(1);
  }
}
