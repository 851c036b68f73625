package io.headgate.simulate;

import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A webhook with all it was told and is still to be told, in the order of its line.
 *
 * @param batch set when it is told of this batch only
 * @param events words of the kinds it asked for
 * @param leaseUntil when {@code lease} runs out; null without one
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

  /** One event for one webhook. */
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

  /** Whether anything is kept for it. */
  boolean hears() {
    return !deleted && !state.equals("failed");
  }

  /** Whether events of the batch are for it. */
  boolean hears(Sight of) {
    return hears()
        && of.row.account().equals(account)
        && (batch == null || batch.equals(of.row.id()));
  }

  /** What waits, first the first. */
  List<Told> waiting() {
    return told.stream().filter(Told::waits).toList();
  }

  boolean leased(Instant now) {
    return leaseUntil != null && leaseUntil.isAfter(now);
  }
}
