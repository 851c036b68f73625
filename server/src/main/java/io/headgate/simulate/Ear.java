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
record Ear(
    UUID id,
    UUID account,
    @Nullable UUID batch,
    Set<String> events,
    String state,
    boolean deleted,
    @Nullable UUID lease,
    @Nullable Instant leaseUntil,
    List<Told> told) {

  /** The delivery of one event to one webhook. */
  record Told(
      UUID event,
      UUID batch,
      String kind,
      @Nullable Integer ordinal,
      String state,
      int tries,
      long position) {

    boolean waits() {
      return state.equals("pending");
    }

    boolean terminal() {
      return kind.equals("batch.completed") || kind.equals("batch.settled");
    }
  }

  /** True while new events are queued for the webhook. */
  boolean hears() {
    return !deleted && !state.equals("failed");
  }

  /** True when events of the batch are queued for the webhook. */
  boolean hears(Sight of) {
    return hears()
        && of.row.account().equals(account)
        && (batch == null || batch.equals(of.row.id()));
  }

  /** The pending deliveries in order. */
  List<Told> waiting() {
    return told.stream().filter(Told::waits).toList();
  }

  boolean leased(Instant now) {
    return leaseUntil != null && leaseUntil.isAfter(now);
  }
}
