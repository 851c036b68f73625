package io.headgate.simulate;

import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A webhook with all its deliveries, in the order of its queue.
 *
 * @param batch set when the webhook belongs to one batch; null for all batches of the account
 * @param events names of the subscribed event kinds
 * @param leaseUntil when {@code lease} expires; null without a lease
 */
record WebhookSubscription(
    UUID id,
    UUID account,
    @Nullable UUID batch,
    Set<String> events,
    String state,
    boolean deleted,
    @Nullable UUID lease,
    @Nullable Instant leaseUntil,
    List<SubscriptionDelivery> deliveries) {

  /** The delivery of one event to one webhook. */
  record SubscriptionDelivery(
      UUID event,
      UUID batch,
      String kind,
      @Nullable Integer ordinal,
      String state,
      int tries,
      long position) {

    boolean isPending() {
      return state.equals("pending");
    }

    boolean isTerminal() {
      return kind.equals("batch.completed") || kind.equals("batch.settled");
    }
  }

  /** True while new events are queued for the webhook. */
  boolean receives() {
    return !deleted && !state.equals("failed");
  }

  /** True when events of the batch are queued for the webhook. */
  boolean receives(BatchSnapshot snapshot) {
    return receives()
        && snapshot.row.account().equals(account)
        && (batch == null || batch.equals(snapshot.row.id()));
  }

  /** The pending deliveries in order. */
  List<SubscriptionDelivery> pending() {
    return deliveries.stream().filter(SubscriptionDelivery::isPending).toList();
  }

  boolean isLeased(Instant now) {
    return leaseUntil != null && leaseUntil.isAfter(now);
  }
}
