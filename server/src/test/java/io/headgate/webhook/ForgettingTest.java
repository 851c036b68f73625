package io.headgate.webhook;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.json.JsonMapper;

/** Deletion of old deliveries: the log does not grow without bound. */
class ForgettingTest extends WebhookCase {

  @Test
  void what_is_forgotten_goes_in_steps_until_nothing_old_is_left() {
    Endpoint endpoint = endpoint("/hook", "batch.completed").endpoint();
    house.database.useTransaction(tx ->
        tx.update(OLD_DELIVERIES)
            .bind("endpoint", endpoint.id())
            .bind("many", 2 * Deliveries.FORGOTTEN_TOGETHER + 1)
            .execute());
    publish();
    int steps = 0;
    while (deliveries.forget()) {
      steps++;
    }

    assertThat(steps).isGreaterThan(1);
    assertThat(log(endpoint)).singleElement().matches(d -> d.state() == Delivery.State.PENDING);
  }

  /** Their ids are older than any bound. */
  private static final String OLD_DELIVERIES =
      """
      insert into webhook_delivery (endpoint_id, event_id, kind, at, data, due_at, state, settled_at)
      select :endpoint, lpad(to_hex(n), 32, '0')::uuid, 'batch.completed', now(), '{}', now(), 'delivered', now()
      from generate_series(1, :many) n
      """;

  @Test
  void what_waits_for_a_paused_endpoint_is_kept_for_a_month_and_then_forgotten() {
    Endpoint endpoint = endpoint("/hook", "batch.completed").endpoint();
    endpoints.change(
        owner, endpoint.id(), Endpoint.Change.of(Endpoint.State.PAUSED), (tx, done) -> {});
    publish();
    house.pass(
        Duration.between(house.now(), Instant.now()).plus(Deliveries.KEPT_WAITING).minusHours(1));
    deliveries.forget();
    assertThat(log(endpoint)).hasSize(1);
    house.pass(Duration.ofHours(2));
    deliveries.forget();

    assertThat(log(endpoint)).isEmpty();
  }

  private void publish() {
    deliveries.publish(owner, "batch.completed", JsonMapper.shared().createObjectNode());
  }

  @Test
  void the_log_forgets_what_is_old_and_what_belonged_to_deleted_endpoints() {
    Endpoint old = endpoint("/hook", "batch.completed").endpoint();
    Endpoint deleted = endpoint("/hook", "batch.completed").endpoint();
    publish();
    deliver();
    endpoints.delete(owner, deleted.id());
    assertThat(endpoints.find(owner, deleted.id())).isEmpty();
    house.pass(Duration.between(house.now(), Instant.now()).plus(Deliveries.REMEMBERED));
    deliveries.forget();
    deliveries.forget();

    assertThat(log(old)).isEmpty();
    assertThat(
            house.database.<Long>read(
                tx -> tx.query("select count(*) from webhook_endpoint").mapTo(Long.class).one()))
        .isEqualTo(1);
  }
}
