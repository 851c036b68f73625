package io.headgate.webhook;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** Only the node that has the lease of an endpoint delivers to it. */
class DeliveryLeaseTest extends WebhookTestBase {

  @Test
  void two_nodes_never_deliver_to_one_endpoint_at_once_and_a_dead_ones_lease_runs_out() {
    Endpoint endpoint = endpoint("/hook", "batch.completed").endpoint();
    completeBatches(1);
    // The state after a node died that had taken the lease.
    fixture.database.useTransaction(tx ->
        DeliveryQueue.lease(
            tx,
            UUID.randomUUID(),
            List.of(endpoint.id()),
            List.of(fixture.now().plusSeconds(30)),
            fixture.now()));
    try (Deliverer another = deliverer()) {
      deliver(another);
      assertThat(ids("/hook")).isEmpty();
      fixture.advance(Duration.ofSeconds(30));
      deliver(another);
      assertThat(ids("/hook")).hasSize(1);
    }
  }

  @Test
  void results_of_a_node_that_lost_its_lease_are_not_stored() {
    Endpoint endpoint = endpoint("/hook", "batch.completed").endpoint();
    completeBatches(1);
    List<DeliveryQueue.EndpointLease> leases = new ArrayList<>();
    for (int i = 0; i < 2; i++) {
      fixture.database.useTransaction(tx ->
          leases.addAll(
              DeliveryQueue.lease(
                  tx,
                  UUID.randomUUID(),
                  List.of(endpoint.id()),
                  List.of(fixture.now().plusSeconds(30)),
                  fixture.now())));
      fixture.advance(Duration.ofSeconds(30));
    }
    DeliveryAttempt attempt = new DeliveryAttempt(fixture.now(), 200, Duration.ZERO, null, null);
    DeliveryQueue.LeaseReport report =
        new DeliveryQueue.LeaseReport(
            List.of(
                new DeliveryQueue.DeliveryResult(
                    deliveryLog(endpoint).getFirst().id(),
                    new DeliveryOutcome.Delivered(),
                    attempt,
                    1)),
            List.of());
    boolean stored =
        fixture.database.inTransaction(
            tx -> DeliveryQueue.store(tx, leases.getFirst(), report, fixture.now(), fixture.now()));

    assertThat(stored).isFalse();
    assertThat(deliveryLog(endpoint).getFirst().state()).isEqualTo(Delivery.DeliveryState.PENDING);
    assertThat(current(endpoint).statistics().delivered()).isZero();
  }
}
