package io.headgate.client;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A server process of the cluster. */
public record Node(
    String id,
    @Nullable Instant startedAt,
    @Nullable Instant lastSeenAt,
    @Nullable Slots slots,
    @Nullable List<String> processors) {

  /**
   * The node's slots; each runs one item.
   *
   * @param busy how many run an item now
   */
  public record Slots(int total, int busy) {}
}
