package io.headgate.client;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A server of the cluster. */
public record Node(
    String id,
    @Nullable Instant startedAt,
    @Nullable Instant lastSeenAt,
    @Nullable Slots slots,
    @Nullable List<String> processors) {

  /** How many items it can run at once, and how many it runs. */
  public record Slots(int total, int busy) {}
}
